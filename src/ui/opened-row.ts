import type { PairRow } from "../shared/pair-row";

/** A row of a file: where it stands, counted from 1, and what it is, or what is wrong with it. */
export interface OpenedRow {
  place: string;
  row: PairRow | string;
}
