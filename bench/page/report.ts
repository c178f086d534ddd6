import { markdownTable } from "../markdown-table";
import type { Measured } from "./trial";

const NONE = "–";

/** One row as it is shown. */
export function cellsOf({ what, ours, theirs }: Measured): string[] {
  const ratio = ours !== undefined && theirs !== undefined ? ours / theirs : undefined;
  return [what, ...[ours, theirs, ratio].map((value) => value?.toFixed(2) ?? NONE)];
}

/** The table in Markdown, and below it what it was measured with, a line each. */
export function report(rows: readonly Measured[], about: readonly string[]): string {
  const header = ["what, ms", "ours", "theirs", "ours / theirs"];
  return `${markdownTable([header, ...rows.map(cellsOf)])}\n\n${about.map((line) => `- ${line}`).join("\n")}\n`;
}
