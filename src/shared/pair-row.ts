import type { Pair } from "./contract";
import { quote, typeName } from "./found";
import { findJsonFault } from "./parse-json";
import type { RowFault } from "./row-fault";

/** A row of a file that holds a pair, with whatever else stands in it. */
export interface PairRow {
  pair: Pair;
  fields: Record<string, unknown>;
}

export function isFault(row: PairRow | RowFault): row is RowFault {
  return "kind" in row;
}

/**
 * Read one line of JSON Lines.
 *
 * @returns the row, undefined for a blank line, or what is wrong with it
 */
export function parseJsonRow(line: string): PairRow | RowFault | undefined {
  const text = line.trim();
  if (text === "") return undefined;
  const value = parseJson(text);
  if (value === undefined) return { kind: "notJson", text: quote(text) };
  const fault = findJsonFault(text);
  if (fault) return { kind: "json", fault };
  return checkValue(value, text);
}

/**
 * @param text the value as it stands in the file
 * @returns the row that a value makes, or what is wrong with it
 */
export function checkValue(value: unknown, text = JSON.stringify(value)): PairRow | RowFault {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { kind: "notObject", text: quote(text) };
  }
  return checkRow(value as Record<string, unknown>);
}

/** @returns the row that these fields make, or what is wrong with them */
export function checkRow(fields: Record<string, unknown>): PairRow | RowFault {
  const { prompt, response } = fields;
  if (typeof prompt === "string" && typeof response === "string")
    return { pair: { prompt, response }, fields };
  return { kind: "notTexts", prompt: typeName(prompt), response: typeName(response) };
}

/** @returns undefined for text that is not JSON, which no JSON text means */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
