import { quote } from "../shared/found";
import { parseExactJson, writeExactJson } from "./exact-json";
import type { Fields } from "./format";
import { isFields } from "./is-fields";
import type { RowFile } from "./row-file";

/** JSON with its rows in a list, one row alone, or one a line, blank lines aside. */
export function readJsonRows(text: string): RowFile {
  return readWhole(text) ?? readLines(text);
}

/** @returns undefined for a file of lines */
function readWhole(text: string): RowFile | undefined {
  if (!/^\s*(\[|\{[^\n]*\n\s*[^\s{])/.test(text)) return undefined;
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch (error) {
    const areLines = error instanceof SyntaxError && (!text.trimStart().startsWith("[") || isLine(text));
    return areLines ? undefined : unreadable(text, problemOf(error, text));
  }
  const list = Array.isArray(value) ? value : [value];
  const indent = /^[^"]*?\n([ \t]+)/.exec(text)?.[1];
  const end = text.slice(text.trimEnd().length);
  return {
    rows: list.map((item: unknown, at) => ({
      place: `item ${at + 1}`,
      content: isFields(item) ? item : `expected an object, found ${quote(writeExactJson(item))}`,
    })),
    write(change) {
      const items = list.map((item, at) => change(at) ?? item);
      if (items.every((item, at) => item === list[at])) return text;
      return writeExactJson(Array.isArray(value) ? items : items[0], indent) + end;
    },
  };
}

function readLines(text: string): RowFile {
  const lines = text.split("\n").map((line, at) => ({ line, at }));
  const filled = lines.filter(({ line }) => line.trim() !== "");
  return {
    rows: filled.map(({ line, at }) => ({ place: `line ${at + 1}`, content: readLine(line.trim()) })),
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

function readLine(line: string): Fields | string {
  try {
    const value = parseExactJson(line);
    return isFields(value) ? value : `expected an object, found ${quote(line)}`;
  } catch (error) {
    return `expected an object, found ${problemOf(error, line)}`;
  }
}

function problemOf(error: unknown, text: string): string {
  if (error instanceof RangeError) return `JSON in which ${error.message}`;
  return `text that is not JSON: ${JSON.stringify(quote(text))}`;
}

/** Whether the first line is JSON by itself. */
function isLine(text: string): boolean {
  try {
    JSON.parse(text.trimStart().split("\n", 1)[0]!);
    return true;
  } catch {
    return false;
  }
}

/** A file of which no row can be told from the next. */
function unreadable(text: string, problem: string): RowFile {
  return { rows: [{ place: "file", content: `expected rows, found ${problem}` }], write: () => text };
}
