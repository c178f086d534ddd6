import { kindOf } from "../shared/found";
import { numberOf } from "./exact-json";
import { fieldOf } from "./field-of";
import type { Fields, FormatOptions, ReadRow } from "./format";
import { preferField } from "./prefer-field";

/** A row whose label names the preferred one of two fields. Another label, such as that of a tie, prefers none. */
export function preferLabelled(
  row: Fields,
  read: ReadRow,
  responses: readonly string[],
  { field, values }: NonNullable<FormatOptions["label"]>,
): ReadRow | string {
  const label = fieldOf(row, field);
  const said =
    typeof label === "string" || typeof label === "boolean" ? `${label}` : numberOf(label)?.toString();
  if (said === undefined) return `expected ${field}, a label, found ${kindOf(field, label)}`;
  const at = values.findIndex((value) => value === said || isNumber(value, label));
  if (at < 0) return { pairs: read.pairs, label: said };
  return { ...preferField(read, responses[at]!), label: values[at]! };
}

/** Numbers are the same however they are spelt: `1`, `1.0`. */
function isNumber(value: string, label: unknown): boolean {
  return value.trim() !== "" && numberOf(label) === Number(value);
}
