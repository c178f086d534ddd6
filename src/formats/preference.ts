import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, ReadRow } from "./format";
import { isTranscript, readTranscript } from "./hh-transcript";
import { readPairFields } from "./pair-fields";

/** The response that a person preferred comes first. */
const CHOSEN = ["chosen", "rejected"];

/**
 * Preferences: `prompt` with `chosen` and `rejected`, texts or turns (TRL, and UltraFeedback as it is trained
 * on), or transcripts of HH-RLHF, which hold their prompts.
 */
export const preference: Format = {
  title: "chosen and rejected, as TRL, HH-RLHF and binarized UltraFeedback have them (JSON)",
  rows: "json",
  open: (options) => ({
    read: (row) => readPreference(row, options),
  }),
};

function readPreference(row: Fields, options: FormatOptions): ReadRow | string {
  const { prompt = "prompt", responses = CHOSEN } = options;
  const read = areTranscripts(row, prompt, responses)
    ? readTranscripts(row, responses, options)
    : readPairFields(row, prompt, responses, options);
  return typeof read === "string" || read.pairs.length !== 2 ? read : { ...read, preferred: 0 };
}

function areTranscripts(row: Fields, prompt: string, responses: readonly string[]): boolean {
  return !Object.hasOwn(row, prompt) && responses.every((field) => isTranscript(fieldOf(row, field)));
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
