import type { Pair } from "./contract";
import { kindOf, quote } from "./found";
import { findJsonProblem } from "./parse-json";

/** A row of a file that holds a pair, with whatever else stands in it. */
export interface PairRow {
  pair: Pair;
  fields: Record<string, unknown>;
}

/** What a row is to be. */
export const EXPECTED_ROW = "expected an object with prompt and response, both strings";

/**
 * Read one line of JSON Lines.
 *
 * @returns the row, undefined for a blank line, or what is wrong with it
 */
export function parseJsonRow(line: string): PairRow | string | undefined {
  const text = line.trim();
  if (text === "") return undefined;
  const value = parseJson(text);
  if (value === undefined)
    return `${EXPECTED_ROW}, found text that is not JSON: ${JSON.stringify(quote(text))}`;
  const problem = findJsonProblem(text);
  if (problem !== undefined) return `${EXPECTED_ROW}, found JSON in which ${problem}`;
  return checkValue(value, text);
}

/**
 * @param text the value as it stands in the file
 * @returns the row that a value makes, or what is wrong with it
 */
export function checkValue(value: unknown, text = JSON.stringify(value)): PairRow | string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${EXPECTED_ROW}, found ${quote(text)}`;
  }
  return checkRow(value as Record<string, unknown>);
}

/** @returns the row that these fields make, or what is wrong with them */
export function checkRow(fields: Record<string, unknown>): PairRow | string {
  const { prompt, response } = fields;
  if (typeof prompt === "string" && typeof response === "string")
    return { pair: { prompt, response }, fields };
  return `${EXPECTED_ROW}, found ${kindOf("prompt", prompt)} and ${kindOf("response", response)}`;
}

/** @returns undefined for text that is not JSON, which no JSON text means */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
