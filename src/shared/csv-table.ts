import Papa from "papaparse";
import type { RowFault } from "./row-fault";
import { fromCell } from "./spreadsheet-cell";

/** What programs put between cells; where the comma is decimal, spreadsheets write semicolons. */
const DELIMITERS = [",", ";", "\t"];

const LINE_END = /\r\n?|\n/;

/** Excel's own line before the header, which tells it the delimiter: `sep=;`. */
const DELIMITER_LINE = /^"?sep=."?(\r\n?|\n)/i;

/** A text of CSV taken apart. */
export interface CsvTable {
  delimiter: string;
  /** The line that tells Excel so, with its end; empty where there is none. */
  delimiterLine: string;
  /** What ends the header's line. */
  newline: "\r\n" | "\n";
  /** The names of the columns, without what guards them from being run as a formula. */
  header: readonly string[];
  /** What stands below the header, blank lines too. */
  records: readonly CsvRecord[];
}

export interface CsvRecord {
  cells: readonly string[];
  /** As it stands in the text, with its end. */
  raw: string;
  /** The line it begins on, counted from 1. */
  line: number;
  blank: boolean;
  /** Why it is no row of the table: quotation marks where none may be, or more or fewer cells than the header. */
  fault: RowFault | undefined;
}

/**
 * Take apart a table whose header has these columns.
 *
 * @param optional columns that are read where they are; like the others, they may not be there twice
 * @returns the table, or what is wrong with its header
 */
export function parseCsvTable(
  text: string,
  columns: readonly string[],
  optional: readonly string[],
): CsvTable | RowFault {
  const [delimiterLine = ""] = DELIMITER_LINE.exec(text) ?? [];
  const table = text.slice(delimiterLine.length);
  const delimiter = DELIMITERS.find((delimiter) => isHeader(table, delimiter, columns));
  if (delimiter === undefined) return { kind: "noHeader", columns };
  const [{ cells, raw } = { cells: [], raw: "" }, ...records] = parse(
    table,
    delimiter,
    1 + countLineEnds(delimiterLine),
  );
  const header = cells.map(fromCell);
  const read = [...columns, ...optional];
  const twice = header.find((name, at) => read.includes(name) && header.indexOf(name) !== at);
  if (twice !== undefined) return { kind: "columnTwice", column: twice };
  return { delimiter, delimiterLine, newline: raw.endsWith("\r\n") ? "\r\n" : "\n", header, records };
}

function isHeader(text: string, delimiter: string, columns: readonly string[]): boolean {
  const [cells] = Papa.parse<string[]>(text, { delimiter, preview: 1 }).data;
  const header = cells?.map(fromCell) ?? [];
  return columns.every((name) => header.includes(name));
}

function parse(text: string, delimiter: string, firstLine: number): CsvRecord[] {
  const records: CsvRecord[] = [];
  let [start, line] = [0, firstLine];
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data: cells, errors, meta }) => {
      const raw = text.slice(start, meta.cursor);
      const blank = cells.length === 1 && cells[0] === "";
      const width = records[0]?.cells.length ?? cells.length;
      const fault = errors.length > 0 ? strayQuote(raw, line) : otherWidth(cells.length, width);
      records.push({ cells, raw, line, blank, fault });
      start = meta.cursor;
      line += countLineEnds(raw);
    },
  });
  return records;
}

function strayQuote(raw: string, line: number): RowFault {
  const last = line + countLineEnds(raw.trimEnd());
  return { kind: "quotationMark", upToLine: last > line ? last : undefined };
}

function otherWidth(found: number, expected: number): RowFault | undefined {
  return found === expected ? undefined : { kind: "cells", expected, found };
}

function countLineEnds(text: string): number {
  return text.split(LINE_END).length - 1;
}
