import { kindOf } from "../shared/found";
import { type Prompt, promptOf, readTurns } from "./conversation";
import { fieldOf } from "./field-of";
import type { Fields, FormatOptions, PlacedPair, ReadRow } from "./format";

/**
 * Read a prompt and the responses to it from a row's fields.
 *
 * A prompt is a string, or the turns of a conversation. A response is a string, a list of strings, or turns: the
 * last one counts, and turns before it are its own prompt.
 */
export function readPairFields(
  row: Fields,
  prompt: string,
  responses: readonly string[],
  { context }: Pick<FormatOptions, "context"> = {},
): ReadRow | string {
  const pairs: PlacedPair[] = [];
  for (const field of responses) {
    const read = readResponses(field, fieldOf(row, field), context);
    if (typeof read === "string") return read;
    for (const { own, ...response } of read) {
      const before = own ?? readPrompt(prompt, fieldOf(row, prompt), context);
      if (typeof before === "string") return before;
      pairs.push({ ...before, ...response, field });
    }
  }
  return { pairs };
}

function readPrompt(name: string, value: unknown, context: FormatOptions["context"]): Prompt | string {
  if (typeof value === "string") return { prompt: value };
  if (!Array.isArray(value)) return `expected ${name}, a string or turns, found ${kindOf(name, value)}`;
  const turns = readTurns(name, value);
  return typeof turns === "string" ? turns : promptOf(name, turns, context);
}

interface Response {
  response: string;
  at?: number;
  /** The prompt that came with it. */
  own?: Prompt;
}

function readResponses(name: string, value: unknown, context: FormatOptions["context"]): Response[] | string {
  if (typeof value === "string") return [{ response: value }];
  if (!Array.isArray(value)) return `expected ${name}, a string, found ${kindOf(name, value)}`;
  if (value.length > 0 && value.every((text) => typeof text === "string")) {
    return value.map((response, at) => ({ response, at }));
  }
  const turns = readTurns(name, value);
  if (typeof turns === "string") return turns;
  const last = turns.pop()!;
  if (last.role !== "assistant") {
    return `expected ${name}, ending with a turn of the assistant, found role ${last.role}`;
  }
  if (turns.length === 0) return [{ response: last.content }];
  const own = promptOf(name, turns, context);
  return typeof own === "string" ? own : [{ response: last.content, own }];
}
