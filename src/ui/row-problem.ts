import { type RowFault, rowFaultWords } from "../shared/row-fault";

/** Where a row stands in its file, counted from 1. */
export type Place = { unit: "line" | "item"; number: number } | { unit: "file" };

/** A row with a reward that lacks a field of a result, or has one of another kind. */
export interface ResultFault {
  kind: "notResult";
  field: string;
  /** As JSON, shortened; undefined where there is none. */
  value: string | undefined;
}

/** What could not be read of a file, and where. */
export interface RowProblem {
  place: Place;
  fault: RowFault | ResultFault;
}

/** In English, as the command says it. */
export function rowProblemWords({ place, fault }: RowProblem): string {
  const where = place.unit === "file" ? "file" : `${place.unit} ${place.number}`;
  return `${where}: ${fault.kind === "notResult" ? resultFaultWords(fault) : rowFaultWords(fault)}`;
}

function resultFaultWords({ field, value }: ResultFault): string {
  return `expected a whole result, found ${value === undefined ? `no ${field}` : `${field} ${value}`}`;
}
