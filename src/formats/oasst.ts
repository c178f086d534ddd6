import { kindOf } from "../shared/found";
import { numberOf } from "./exact-json";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, ReadRow } from "./format";
import { isFields } from "./is-fields";
import { readListTexts } from "./read-list";

/** Holds the root message in an export of trees; in one of messages the row is the root itself. */
const ROOT = "prompt";

const REPLIES = "replies";

/**
 * Open Assistant's message trees: the first prompt with the replies to it, and the ranks that people gave them.
 * Later turns are not read.
 *
 * @see https://projects.laion.ai/Open-Assistant/docs/data/schemas
 */
export const oasst: Format = {
  rows: "json",
  open: (options) => ({ home: rootName, read: (row) => readTree(row, options) }),
};

function rootName(row: Fields): string | undefined {
  return Object.hasOwn(row, ROOT) ? ROOT : undefined;
}

function readTree(row: Fields, { lang }: FormatOptions): ReadRow | string {
  const root = Object.hasOwn(row, ROOT) ? row[ROOT] : row;
  if (!isFields(root)) return `expected ${ROOT}, a message, found ${kindOf(ROOT, root)}`;
  const prompt = fieldOf(root, "text");
  if (typeof prompt !== "string") return `expected text, a string, found ${kindOf("text", prompt)}`;
  const replies = fieldOf(root, REPLIES);
  const isOther = lang !== undefined && fieldOf(root, "lang") !== lang;
  if (isOther || (Array.isArray(replies) && replies.length === 0)) return { pairs: [] };
  const responses = readListTexts(root, REPLIES, "text");
  if (typeof responses === "string") return responses;
  return {
    pairs: responses.map((response, at) => ({ prompt, response, field: REPLIES, at })),
    ranks: (replies as Fields[]).map(rankOf),
  };
}

/** A reply that was deleted is not judged. */
function rankOf(reply: Fields): number | undefined {
  return fieldOf(reply, "deleted") === true ? undefined : numberOf(fieldOf(reply, "rank"));
}
