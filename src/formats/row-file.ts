import type { Fields } from "./format";

/** A text taken apart into rows, and the way back. */
export interface RowFile {
  rows: readonly Row[];
  /**
   * The same text with some rows changed; the others stand as they stood.
   *
   * @param change gives the row of a number, from 0, as it is now, or undefined where it stays; asked once a row,
   * in order
   */
  write(change: (row: number) => Fields | undefined): string;
}

export interface Row {
  /** Where it is, in words: `line 3`, `item 3`, counted from 1. */
  place: string;
  /** What stands there, or what is wrong with it. */
  content: Fields | string;
}
