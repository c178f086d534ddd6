import type { Fields } from "./format";

/** A row's own field; undefined where it has none, whatever every object inherits. */
export function fieldOf(row: Fields, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
