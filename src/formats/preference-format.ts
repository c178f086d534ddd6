import { fieldOf } from "./field-of";
import type { Fields } from "./format";
import type { FormatName } from "./formats";
import { isFields } from "./is-fields";
import { readJsonRows } from "./json-rows";

/** The fields by which each format that holds preferences is known. */
const FIELDS = {
  preference: ["chosen", "rejected"],
  "openai-chat": ["preferred_output", "non_preferred_output"],
  llmbar: ["output_1", "output_2", "label"],
  oasst: ["replies"],
} satisfies Partial<Record<FormatName, string[]>>;

/** A format whose rows say which of two responses a person preferred. */
export type PreferenceFormat = keyof typeof FIELDS;

export const PREFERENCE_FORMATS = Object.keys(FIELDS) as PreferenceFormat[];

/** @returns the format of the first row that has the fields of one, or undefined */
export function detectPreferenceFormat(text: string): PreferenceFormat | undefined {
  for (const { content } of readJsonRows(text.replace(/^\ufeff/, "")).rows) {
    const found = isFields(content) && PREFERENCE_FORMATS.find((name) => hasFields(content, FIELDS[name]));
    if (found) return found;
  }
  return undefined;
}

/** A tree's root message may be a field of the row. */
function hasFields(row: Fields, names: readonly string[]): boolean {
  const root = fieldOf(row, "prompt");
  return [row, root].some((fields) => isFields(fields) && names.every((name) => Object.hasOwn(fields, name)));
}
