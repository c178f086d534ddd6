import Papa from "papaparse";
import { type CsvRecord, parseCsvTable } from "../shared/csv-table";
import { rowFaultWords } from "../shared/row-fault";
import { fromCell, guardCell } from "../shared/spreadsheet-cell";
import { RESPONSE_FIELDS } from "./default-responses";
import type { Fields } from "./format";
import type { Row, RowFile } from "./row-file";

/**
 * A table whose header has these columns. Cells are texts; what guards a text from being run as a formula is
 * taken off for the model, and put before every text that is written and would be one.
 */
export function readCsvRows(text: string, columns: readonly string[]): RowFile {
  const table = parseCsvTable(text, columns, RESPONSE_FIELDS);
  if ("kind" in table) {
    return { rows: [{ place: "line 1", content: rowFaultWords(table) }], write: () => text };
  }
  const { delimiter, delimiterLine, newline, header, records } = table;
  const filled = records.filter(({ blank }) => !blank);
  return {
    rows: filled.map((record) => toRow(record, header)),
    write(change) {
      const changed = filled.map((_, at) => change(at));
      if (changed.every((fields) => fields === undefined)) return text;
      const columns = columnsOf(header, changed);
      const write = (cells: readonly unknown[]) =>
        Papa.unparse([cells.map(toCell)], { delimiter, newline }) + newline;
      const fields = new Map(filled.map((record, at) => [record, changed[at]]));
      const rows = records.map((record) =>
        record.fault === undefined ? write(cellsOf(columns, header, record, fields.get(record))) : record.raw,
      );
      return delimiterLine + write(columns.map(({ name }) => name)) + rows.join("");
    },
  };
}

function toRow(record: CsvRecord, header: readonly string[]): Row {
  const { line, fault } = record;
  return { place: `line ${line}`, content: fault ? rowFaultWords(fault) : fieldsOf(record, header) };
}

function fieldsOf({ cells }: CsvRecord, header: readonly string[]): Fields {
  return Object.fromEntries(header.map((name, at) => [name, fromCell(cells[at]!)]));
}

/** A column that is written, and where it was. */
interface Column {
  name: string;
  at: number | undefined;
}

/** The columns there were, less those that no written row has any more, and new ones behind them. */
function columnsOf(header: readonly string[], changed: readonly (Fields | undefined)[]): Column[] {
  const names = new Set(changed.flatMap((fields) => (fields ? Object.keys(fields) : [])));
  const kept = header.map((name, at) => ({ name, at })).filter(({ name }) => names.has(name));
  const added = [...names].filter((name) => !header.includes(name));
  return [...kept, ...added.map((name) => ({ name, at: undefined }))];
}

/** The cells of a row: as they were, but for fields that have another value now. */
function cellsOf(
  columns: readonly Column[],
  header: readonly string[],
  record: CsvRecord,
  changed: Fields | undefined,
): unknown[] {
  const before = fieldsOf(record, header);
  const after = changed ?? before;
  return columns.map(({ name, at }) =>
    at !== undefined && after[name] === before[name] ? record.cells[at] : (after[name] ?? ""),
  );
}

function toCell(value: unknown): string {
  return typeof value === "string" ? guardCell(value) : String(value);
}
