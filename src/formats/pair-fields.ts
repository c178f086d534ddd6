import { kindOf } from "../shared/found";
import { promptOf, readTurns } from "./conversation";
import { fieldOf } from "./field-of";
import type { Fields, FormatOptions, PlacedPair, ReadRow } from "./format";
import { findTakenName } from "./reward-fields";

/**
 * Read a prompt and the responses to it from a row's fields. The prompt is a string, or turns of a
 * conversation; a response is a string, turns of which the last one counts, or, standing alone, a list of
 * strings.
 */
export function readPairFields(
  row: Fields,
  prompt: string,
  responses: readonly string[],
  { context }: FormatOptions,
): ReadRow | string {
  const taken = findTakenName(row, responses);
  if (taken !== undefined) return taken;
  const value = fieldOf(row, prompt);
  const read = typeof value === "string" ? { prompt: value } : readPromptTurns(prompt, value, context);
  if (typeof read === "string") return read;
  const pairs: PlacedPair[] = [];
  for (const field of responses) {
    const texts = readResponses(field, fieldOf(row, field));
    if (typeof texts === "string") return texts;
    pairs.push(...texts.map((text) => ({ ...read, field, ...text })));
  }
  return { pairs };
}

function readPromptTurns(name: string, value: unknown, context: FormatOptions["context"]) {
  if (!Array.isArray(value)) return `expected ${name}, a string or turns, found ${kindOf(name, value)}`;
  const turns = readTurns(name, value);
  return typeof turns === "string" ? turns : promptOf(name, turns, context);
}

function readResponses(name: string, value: unknown): { response: string; at?: number }[] | string {
  if (typeof value === "string") return [{ response: value }];
  if (!Array.isArray(value)) return `expected ${name}, a string, found ${kindOf(name, value)}`;
  if (value.length > 0 && value.every((text) => typeof text === "string")) {
    return value.map((response, at) => ({ response, at }));
  }
  const turns = readTurns(name, value);
  if (typeof turns === "string") return turns;
  const last = turns.at(-1)!;
  if (last.role !== "assistant")
    return `expected ${name} to end with an assistant turn, found role ${last.role}`;
  return [{ response: last.content }];
}
