/** @param rows the header first */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [header, ...body] = rows as [string[], ...string[][]];
  return [line(header), line(header.map(() => "---")), ...body.map(line)].join("\n");
}
