import { kindOf } from "../shared/found";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, ReadRow } from "./format";
import { isFields } from "./is-fields";
import { readPairFields } from "./pair-fields";
import { preferField } from "./prefer-field";

const PREFERRED = "preferred_output";

/** OpenAI's files for fine-tuning: `messages` that the assistant ends, or an input with a preferred output. */
export const openaiChat: Format = {
  rows: "json",
  open: (options) => ({ read: (row) => readChat(row, options) }),
};

function readChat(row: Fields, options: FormatOptions): ReadRow | string {
  const input = fieldOf(row, "input");
  if (!isFields(input)) {
    const messages = fieldOf(row, "messages");
    if (Array.isArray(messages)) return readPairFields(row, "", ["messages"], options);
    return `expected messages, a list of turns, or input and preferred_output, found ${kindOf("messages", messages)}`;
  }
  const read = readPairFields(
    { ...row, messages: fieldOf(input, "messages") },
    "messages",
    [PREFERRED, `non_${PREFERRED}`],
    options,
  );
  return typeof read === "string" ? read : preferField(read, PREFERRED);
}
