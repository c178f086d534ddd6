import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Put a command's figures into a file of docs/, between the comments that name the section. */
export async function writeSection(file: string, name: string, text: string): Promise<void> {
  const path = join(import.meta.dirname, "../docs", file);
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const document = await readFile(path, "utf8");
  const [before, rest] = document.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${file}: expected a section "${name}", found none`);
  await writeFile(path, `${before}${start}\n\n${text}\n\n${end}${after}`);
}

/** A share in per cent, three digits. */
export function percent(share: number): string {
  return Number((100 * share).toPrecision(3)).toString();
}
