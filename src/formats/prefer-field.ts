import type { ReadRow } from "./format";

/** A row in which a person preferred every response of one field to those of the others. */
export function preferField({ pairs }: ReadRow, preferred: string): ReadRow {
  return { pairs, ranks: pairs.map(({ field }) => (field === preferred ? 0 : 1)) };
}
