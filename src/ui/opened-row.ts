import type { PairRow } from "../shared/pair-row";
import type { RowFault } from "../shared/row-fault";
import type { Place } from "./row-problem";

/** A row of a file: where it stands, and what it is, or what is wrong with it. */
export interface OpenedRow {
  place: Place;
  row: PairRow | RowFault;
}
