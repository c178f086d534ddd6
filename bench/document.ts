import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const DOCUMENT = join(import.meta.dirname, "../docs/accuracy.md");

/** Put a command's figures into docs/accuracy.md, between the comments that name the section. */
export async function writeSection(name: string, text: string): Promise<void> {
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const document = await readFile(DOCUMENT, "utf8");
  const [before, rest] = document.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${DOCUMENT}: expected a section "${name}", found none`);
  await writeFile(DOCUMENT, `${before}${start}\n\n${text}\n\n${end}${after}`);
}

export function markdownTable(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [header, ...body] = rows as [string[], ...string[][]];
  return [line(header), line(header.map(() => "---")), ...body.map(line)].join("\n");
}

/** A share in per cent, three digits. */
export function percent(share: number): string {
  return Number((100 * share).toPrecision(3)).toString();
}
