import { kindOf } from "../shared/found";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, ReadRow } from "./format";
import { readListTexts } from "./read-list";

const LIST = "completions";

/** UltraFeedback as it was published: an instruction with a list of completions. Rewards are lists of the same order. */
export const ultrafeedback: Format = {
  rows: "json",
  open: (options) => ({ read: (row) => readCompletions(row, options) }),
};

function readCompletions(row: Fields, { prompt: name = "instruction" }: FormatOptions): ReadRow | string {
  const prompt = fieldOf(row, name);
  if (typeof prompt !== "string") return `expected ${name}, a string, found ${kindOf(name, prompt)}`;
  const responses = readListTexts(row, LIST, "response");
  if (typeof responses === "string") return responses;
  return { pairs: responses.map((response, at) => ({ prompt, response, field: LIST, at })) };
}
