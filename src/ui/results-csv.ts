import Papa from "papaparse";
import { checkRow, EXPECTED_ROW, type PairRow } from "../shared/pair-row";
import { fromCell, toCell } from "../shared/spreadsheet-cell";
import type { OpenedRow } from "./opened-row";
import { RESULT_FIELDS, type Result } from "./result";

/** Spreadsheets take a file for UTF-8 when it begins with this. */
const BYTE_ORDER_MARK = "\ufeff";

/** What programs put between cells; where the comma is decimal, spreadsheets write semicolons. */
const DELIMITERS = [",", ";", "\t"];

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

/** Every record below the header: its row, or what is wrong with it. Lines are records, the header is 1. */
export function* parseCsv(text: string): Generator<OpenedRow> {
  const delimiter = DELIMITERS.find((delimiter) => isHeader(parse(text, delimiter, 1).data[0]));
  if (delimiter === undefined) {
    yield { place: "line 1", row: "expected a header with prompt and response, found none" };
    return;
  }
  const { data, errors } = parse(text, delimiter);
  const [header, ...records] = data;
  const broken = new Set(errors.map(({ row }) => row));
  for (const [at, record] of records.entries()) {
    if (record.length === 1 && record[0] === "") continue;
    const row = broken.has(at + 1)
      ? `${EXPECTED_ROW}, found a quotation mark out of place`
      : toRow(header!, record);
    yield { place: `line ${at + 2}`, row };
  }
}

function parse(text: string, delimiter: string, preview = 0): Papa.ParseResult<string[]> {
  return Papa.parse<string[]>(text, { delimiter, preview });
}

function isHeader(cells: readonly string[] | undefined): boolean {
  return ["prompt", "response"].every((name) => cells?.includes(name));
}

function toRow(header: readonly string[], record: readonly string[]): PairRow | string {
  if (record.length !== header.length) {
    return `${EXPECTED_ROW}, found ${record.length} cells below a header of ${header.length}`;
  }
  return checkRow(Object.fromEntries(header.map((name, at) => [name, toValue(name, record[at]!)])));
}

/** Cells are texts; those of a result's other fields are read as what they are. */
function toValue(name: string, cell: string): unknown {
  switch (name) {
    case "reward":
    case "alpha":
    case "score":
    case "tokens":
      return cell.trim() === "" ? undefined : Number(cell);
    case "truncated":
      return { true: true, false: false }[cell.toLowerCase()];
    default:
      return fromCell(cell);
  }
}
