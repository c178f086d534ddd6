import { checkValue, parseJsonRow } from "../shared/pair-row";
import { findJsonFault } from "../shared/parse-json";
import type { OpenedRow } from "./opened-row";
import { RESULT_FIELDS, type Result } from "./result";

/** One JSON object a line. */
export function formatJsonLines(results: readonly Result[]): string {
  return results.map((result) => `${JSON.stringify(result, RESULT_FIELDS as string[])}\n`).join("");
}

/** The items of a JSON list, or else every line that is not blank. */
export function* parseJsonRows(text: string): Generator<OpenedRow> {
  const list = parseList(text);
  if (!list) return yield* parseLines(text);
  const fault = findJsonFault(text);
  if (fault) return yield { place: { unit: "file" }, row: { kind: "jsonList", fault } };
  for (const [at, item] of list.entries())
    yield { place: { unit: "item", number: at + 1 }, row: checkValue(item) };
}

function* parseLines(text: string): Generator<OpenedRow> {
  for (const [at, line] of text.split("\n").entries()) {
    const row = parseJsonRow(line);
    if (row) yield { place: { unit: "line", number: at + 1 }, row };
  }
}

/** @returns undefined where the text is no JSON list */
function parseList(text: string): unknown[] | undefined {
  if (!text.trimStart().startsWith("[")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
