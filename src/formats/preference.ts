import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, ReadRow } from "./format";
import { findLooseSpeaker, isTranscript, readTranscript, turnsBeforeResponse } from "./hh-transcript";
import { readPairFields } from "./pair-fields";
import { preferField } from "./prefer-field";
import { preferLabelled } from "./prefer-labelled";

/** The response that a person preferred comes first. */
const CHOSEN = ["chosen", "rejected"];

/**
 * Preferences: `prompt` with `chosen` and `rejected`, texts or turns (TRL, and UltraFeedback as it is trained
 * on), or transcripts of HH-RLHF: whole ones, which hold their prompts, or cut before the response. Where a label
 * is asked for, it says which of the two was preferred.
 */
export const preference: Format = {
  rows: "json",
  open: (options) => ({
    read: (row) => readPreference(row, options),
  }),
};

function readPreference(row: Fields, options: FormatOptions): ReadRow | string {
  const { prompt = "prompt", responses = CHOSEN, label } = options;
  for (const field of [prompt, ...responses]) {
    const value = fieldOf(row, field);
    const problem = isTranscript(value) ? findLooseSpeaker(field, value) : undefined;
    if (problem !== undefined) return problem;
  }
  const read = responses.every((field) => isTranscript(fieldOf(row, field)))
    ? readTranscripts(row, responses, options)
    : readPairFields(withPromptInTurns(row, prompt), prompt, responses, options);
  if (typeof read === "string") return read;
  return label ? preferLabelled(row, read, responses, label) : preferField(read, responses[0]!);
}

function withPromptInTurns(row: Fields, prompt: string): Fields {
  const transcript = fieldOf(row, prompt);
  return isTranscript(transcript) ? { ...row, [prompt]: turnsBeforeResponse(transcript) } : row;
}

/** Each side by its own context: of the published rows a few differ before the last turn. */
function readTranscripts(
  row: Fields,
  responses: readonly string[],
  options: FormatOptions,
): ReadRow | string {
  const pairs = responses.map((field) =>
    readTranscript(field, fieldOf(row, field) as string, options.context),
  );
  const problem = pairs.find((pair) => typeof pair === "string");
  return problem ?? { pairs: pairs.filter((pair) => typeof pair !== "string") };
}
