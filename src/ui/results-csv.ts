import Papa from "papaparse";
import { type CsvTable, parseCsvTable } from "../shared/csv-table";
import { checkRow, type PairRow } from "../shared/pair-row";
import type { RowFault } from "../shared/row-fault";
import { fromCell, toCell } from "../shared/spreadsheet-cell";
import type { OpenedRow } from "./opened-row";
import { RESULT_FIELDS, type Result } from "./result";

/** Spreadsheets take a file for UTF-8 when it begins with this. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * A header and one record a result. Texts are quoted, and none can run as a formula.
 *
 * Half a character (a lone surrogate) has no UTF-8: ask {@link fitsCsv} first.
 */
export function formatCsv(results: readonly Result[]): string {
  const records = results.map((result) =>
    RESULT_FIELDS.map((field) => {
      const value = result[field];
      return typeof value === "string" ? toCell(value) : value;
    }),
  );
  const lines = Papa.unparse([[...RESULT_FIELDS], ...records], { newline: "\r\n" });
  return `${BYTE_ORDER_MARK}${lines}\r\n`;
}

/** Whether a CSV file can hold every text as it is. */
export function fitsCsv(results: readonly Result[]): boolean {
  return results.every(({ prompt, response }) => prompt.isWellFormed() && response.isWellFormed());
}

/** Every record below the header: its row, or what is wrong with it. */
export function* parseCsv(text: string): Generator<OpenedRow> {
  const table = parseCsvTable(text, ["prompt", "response"], RESULT_FIELDS);
  if ("kind" in table) return yield { place: { unit: "line", number: 1 }, row: table };
  for (const { cells, line, blank, fault } of table.records) {
    if (!blank) yield { place: { unit: "line", number: line }, row: fault ?? toRow(table, cells) };
  }
}

function toRow({ header, delimiter }: CsvTable, cells: readonly string[]): PairRow | RowFault {
  return checkRow(Object.fromEntries(header.map((name, at) => [name, toValue(name, cells[at]!, delimiter)])));
}

/** As programs write them, and spreadsheets in Portuguese. */
const BOOLEANS = new Map([
  ["true", true],
  ["verdadeiro", true],
  ["false", false],
  ["falso", false],
]);

/** Cells are texts; those of a result's other fields are read as what they are, where they are. */
function toValue(name: string, cell: string, delimiter: string): unknown {
  switch (name) {
    case "reward":
    case "alpha":
    case "score":
    case "tokens":
      return toNumber(cell, delimiter);
    case "truncated":
      return BOOLEANS.get(cell.trim().toLowerCase()) ?? cell;
    default:
      return fromCell(cell);
  }
}

/** Spreadsheets that part cells by semicolons do so because their comma is decimal. */
function toNumber(cell: string, delimiter: string): unknown {
  if (cell.trim() === "") return undefined;
  const value = Number(delimiter === ";" ? cell.replace(",", ".") : cell);
  return Number.isNaN(value) ? cell : value;
}
