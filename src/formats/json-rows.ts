import { quote } from "../shared/found";
import { parseExactJson, writeExactJson } from "./exact-json";
import type { Fields } from "./format";
import { isFields } from "./is-fields";
import { itemSpans, type Span, trimmedSpan } from "./item-spans";
import type { RowFile } from "./row-file";

/** JSON with its rows in a list, one row alone, or one a line, blank lines aside. */
export function readJsonRows(text: string): RowFile {
  if (/^\s*\[/.test(text)) return readList(text);
  return isObjectOverLines(text) ? readItems(text, [trimmedSpan(text)]) : readLines(text);
}

function readList(text: string): RowFile {
  const spans = itemSpans(text);
  if (spans) return readItems(text, spans);
  return isJson(text.trimStart().split("\n", 1)[0]!) ? readLines(text) : unreadable(text);
}

function isObjectOverLines(text: string): boolean {
  return /^\s*\{[^\n]*\n\s*[^\s{]/.test(text) && isJson(text);
}

/** The line ends of a text and its first indentation, before anything in quotation marks. */
const LAYOUT = /^[^"]*?(\r?\n)([ \t]+)/;

/** Each item by itself: one that cannot be read keeps no other from it, nor one that changes its characters. */
function readItems(text: string, spans: readonly Span[]): RowFile {
  const [, newline = "\n", indent] = LAYOUT.exec(text) ?? [];
  return {
    rows: spans.map(([start, end], at) => ({
      place: `item ${at + 1}`,
      content: readItem(text.slice(start, end)),
    })),
    write(change) {
      const written: string[] = [];
      let from = 0;
      for (const [at, [start, end]] of spans.entries()) {
        const fields = change(at);
        if (!fields) continue;
        const lines = writeExactJson(fields, indent).split("\n");
        written.push(text.slice(from, start), lines.join(newline + marginOf(text, start)));
        from = end;
      }
      return written.join("") + text.slice(from);
    },
  };
}

/** What stands before a place on its line, where that is space alone. */
function marginOf(text: string, at: number): string {
  const before = text.slice(text.lastIndexOf("\n", at) + 1, at);
  return before.trim() === "" ? before : "";
}

function readLines(text: string): RowFile {
  const lines = text.split("\n").map((line, at) => ({ line, at }));
  const filled = lines.filter(({ line }) => line.trim() !== "");
  return {
    rows: filled.map(({ line, at }) => ({ place: `line ${at + 1}`, content: readItem(line.trim()) })),
    write(change) {
      const written = lines.map(({ line }) => line);
      for (const [row, { line, at }] of filled.entries()) {
        const fields = change(row);
        if (fields) written[at] = writeExactJson(fields) + (line.endsWith("\r") ? "\r" : "");
      }
      return written.join("\n");
    },
  };
}

function readItem(text: string): Fields | string {
  try {
    const value = parseExactJson(text);
    return isFields(value) ? value : `expected an object, found ${quote(text)}`;
  } catch (error) {
    const found =
      error instanceof RangeError
        ? `JSON in which ${error.message}`
        : `text that is not JSON: ${quoted(text)}`;
    return `expected an object, found ${found}`;
  }
}

function quoted(text: string): string {
  return JSON.stringify(quote(text));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A file of which no row can be told from the next. */
function unreadable(text: string): RowFile {
  const content = `expected rows, found a list that does not end, or text after its end: ${quoted(text)}`;
  return { rows: [{ place: "file", content }], write: () => text };
}
