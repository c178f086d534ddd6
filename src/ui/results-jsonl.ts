import { type PairRow, parseJsonRow } from "../shared/pair-row";
import { RESULT_FIELDS, type Result } from "./result";

/** One JSON object a line. */
export function formatJsonLines(results: readonly Result[]): string {
  return results.map((result) => `${JSON.stringify(result, RESULT_FIELDS as string[])}\n`).join("");
}

/** Every line that is not blank: its row, or what is wrong with it. */
export function* parseJsonLines(text: string): Generator<{ line: number; row: PairRow | string }> {
  for (const [at, line] of text.split("\n").entries()) {
    const row = parseJsonRow(line);
    if (row !== undefined) yield { line: at + 1, row };
  }
}
