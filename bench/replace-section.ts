import { readFile, writeFile } from "node:fs/promises";

/**
 * Put text below a heading of a Markdown file, up to the next heading of any level.
 *
 * @param heading whole, with its number signs
 * @throws when the file has no such heading
 */
export async function replaceSection(path: string, heading: string, body: string): Promise<void> {
  const lines = (await readFile(path, "utf8")).split("\n");
  const start = lines.indexOf(heading);
  if (start < 0) throw new Error(`${path}: expected the heading "${heading}", found none`);
  const next = lines.findIndex((line, at) => at > start && line.startsWith("#"));
  const rest = next < 0 ? [] : lines.slice(next);
  await writeFile(path, [...lines.slice(0, start + 1), "", ...body.split("\n"), "", ...rest].join("\n"));
}
