import { numberOf, writeExactJson } from "./exact-json";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, ReadRow } from "./format";
import { readPairFields } from "./pair-fields";
import { preferField } from "./prefer-field";

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
  const number = numberOf(label);
  if (number !== 1 && number !== 2) {
    return `expected label, 1 or 2, found ${label === undefined ? "no label" : writeExactJson(label)}`;
  }
  const read = readPairFields(row, prompt, OUTPUTS, context && { context });
  return typeof read === "string" ? read : preferField(read, OUTPUTS[number - 1]!);
}
