import { writeExactJson } from "./exact-json";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, ReadRow } from "./format";
import { readPairFields } from "./pair-fields";

const OUTPUTS = ["output_1", "output_2"];

/**
 * LLMBar: an instruction with two outputs, of which `label`, 1 or 2, names the better one.
 *
 * @see https://github.com/princeton-nlp/LLMBar
 */
export const llmbar: Format = {
  rows: "json",
  open: (options) => ({ read: (row) => readOutputs(row, options) }),
};

function readOutputs(row: Fields, { prompt = "input", context }: FormatOptions): ReadRow | string {
  const label = fieldOf(row, "label");
  if (label !== 1 && label !== 2) {
    return `expected label, 1 or 2, found ${label === undefined ? "no label" : writeExactJson(label)}`;
  }
  const read = readPairFields(row, prompt, OUTPUTS, context && { context });
  if (typeof read === "string" || read.pairs.length !== OUTPUTS.length) return read;
  return { ...read, preferred: label - 1 };
}
