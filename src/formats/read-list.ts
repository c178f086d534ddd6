import { kindOf } from "../shared/found";
import { fieldOf } from "./field-of";
import type { Fields } from "./format";
import { isFields } from "./is-fields";

/**
 * A text field of every object in a list.
 *
 * @returns what is wrong, in words, where there is no list or an object lacks the text
 */
export function readListTexts(row: Fields, list: string, field: string): string[] | string {
  const items = fieldOf(row, list);
  if (!Array.isArray(items) || items.length === 0) {
    return `expected ${list}, a list, found ${Array.isArray(items) ? "an empty one" : kindOf(list, items)}`;
  }
  const texts = items.map((item) => (isFields(item) ? fieldOf(item, field) : undefined));
  const wrong = texts.findIndex((text) => typeof text !== "string");
  if (wrong === -1) return texts as string[];
  return `expected ${field}, a string, in all of ${list}, found ${kindOf(field, texts[wrong])} in number ${wrong + 1}`;
}
