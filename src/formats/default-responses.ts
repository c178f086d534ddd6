import type { Fields } from "./format";

/** Names that two responses go by, where the row has both. */
const COMPARED = [
  ["response_a", "response_b"],
  ["chosen", "rejected"],
];

const ALONE = "response";

/** What the fields with responses may be called where nobody names them. */
export const RESPONSE_FIELDS: readonly string[] = [...COMPARED.flat(), ALONE];

/** The fields with the responses where nobody names them: two of a comparison, or `response`. */
export function defaultResponses(row: Fields): readonly string[] {
  return COMPARED.find((fields) => fields.every((field) => Object.hasOwn(row, field))) ?? [ALONE];
}
