import type { Fields } from "./format";

/** Names that two responses go by, where the row has both. */
const COMPARED = [
  ["response_a", "response_b"],
  ["chosen", "rejected"],
];

/** The fields with the responses where nobody names them: two of a comparison, or `response`. */
export function defaultResponses(row: Fields): readonly string[] {
  return COMPARED.find((fields) => fields.every((field) => Object.hasOwn(row, field))) ?? ["response"];
}
