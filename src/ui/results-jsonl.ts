import { parseJsonRow } from "../shared/pair-row";
import type { OpenedRow } from "./opened-row";
import { RESULT_FIELDS, type Result } from "./result";

/** One JSON object a line. */
export function formatJsonLines(results: readonly Result[]): string {
  return results.map((result) => `${JSON.stringify(result, RESULT_FIELDS as string[])}\n`).join("");
}

/** The items of a JSON list, or else every line that is not blank. */
export function* parseJsonRows(text: string): Generator<OpenedRow> {
  const items = parseList(text);
  const name = items ? "item" : "line";
  for (const [at, line] of (items ?? text.split("\n")).entries()) {
    const row = parseJsonRow(line);
    if (row !== undefined) yield { place: `${name} ${at + 1}`, row };
  }
}

/** @returns the JSON of each item, or undefined where the text is no list */
function parseList(text: string): string[] | undefined {
  if (!text.trimStart().startsWith("[")) return undefined;
  try {
    return (JSON.parse(text) as unknown[]).map((item) => JSON.stringify(item));
  } catch {
    return undefined;
  }
}
