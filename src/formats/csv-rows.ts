import Papa from "papaparse";
import { fromCell, guardCell } from "../shared/spreadsheet-cell";
import { RESPONSE_FIELDS } from "./default-responses";
import type { Fields } from "./format";
import type { Row, RowFile } from "./row-file";

/** What programs put between cells; where the comma is decimal, spreadsheets write semicolons. */
const DELIMITERS = [",", ";", "\t"];

interface Record {
  cells: string[];
  /** As it stands in the file, with its end. */
  raw: string;
  line: number;
  /** Quotation marks where none may be. */
  broken: boolean;
}

/**
 * A table whose header has these columns. Cells are texts; what guards a text from being run as a formula is
 * taken off for the model, and put before every text that is written and would be one.
 */
export function readCsvRows(text: string, columns: readonly string[]): RowFile {
  const delimiter = DELIMITERS.find((delimiter) => isHeader(text, delimiter, columns));
  if (delimiter === undefined) {
    const problem = `expected a header with ${columns.join(" and ")}, found none`;
    return { rows: [{ place: "line 1", content: problem }], write: () => text };
  }
  const [{ cells: names, raw } = { cells: [] as string[], raw: "" }, ...records] = parse(text, delimiter);
  const header = names.map(fromCell);
  const read = [...columns, ...RESPONSE_FIELDS];
  const twice = header.find((name, at) => read.includes(name) && header.indexOf(name) !== at);
  if (twice !== undefined) {
    const problem = `expected a header with ${twice} once, found it twice`;
    return { rows: [{ place: "line 1", content: problem }], write: () => text };
  }
  const end = raw.endsWith("\r\n") ? "\r\n" : "\n";
  const filled = records.filter(({ cells }) => cells.length > 1 || cells[0] !== "");
  return {
    rows: filled.map((record) => toRow(record, header)),
    write(change) {
      const changed = filled.map((_, at) => change(at));
      if (changed.every((fields) => fields === undefined)) return text;
      const columns = columnsOf(header, changed);
      const write = (cells: readonly unknown[]) =>
        Papa.unparse([cells.map(toCell)], { delimiter, newline: end }) + end;
      const fields = new Map(filled.map((record, at) => [record, changed[at]]));
      const rows = records.map((record) =>
        isRow(record, header) ? write(cellsOf(columns, header, record, fields.get(record))) : record.raw,
      );
      return write(columns.map(({ name }) => name)) + rows.join("");
    },
  };
}

function isHeader(text: string, delimiter: string, columns: readonly string[]): boolean {
  const [cells] = Papa.parse<string[]>(text, { delimiter, preview: 1 }).data;
  const header = cells?.map(fromCell) ?? [];
  return columns.every((name) => header.includes(name));
}

function parse(text: string, delimiter: string): Record[] {
  const records: Record[] = [];
  let [start, line] = [0, 1];
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data, errors, meta }) => {
      const raw = text.slice(start, meta.cursor);
      records.push({ cells: data, raw, line, broken: errors.length > 0 });
      start = meta.cursor;
      line += raw.split("\n").length - 1;
    },
  });
  return records;
}

function toRow(record: Record, header: readonly string[]): Row {
  const place = `line ${record.line}`;
  if (isRow(record, header)) return { place, content: fieldsOf(record, header) };
  const { cells, broken, raw, line } = record;
  if (broken) {
    const last = line + raw.trimEnd().split("\n").length - 1;
    const extent = last > line ? `, which makes one cell of the text up to line ${last}` : "";
    return { place, content: `expected cells, found a quotation mark out of place${extent}` };
  }
  return { place, content: `expected ${header.length} cells as in the header, found ${cells.length}` };
}

function isRow({ cells, broken }: Record, header: readonly string[]): boolean {
  return !broken && cells.length === header.length;
}

function fieldsOf({ cells }: Record, header: readonly string[]): Fields {
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
  record: Record,
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
