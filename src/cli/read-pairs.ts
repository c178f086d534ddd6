import type { Pair } from "../shared/contract";
import { isFault, parseJsonRow } from "../shared/pair-row";
import { type RowFault, rowFaultWords } from "../shared/row-fault";

/** A row that is no pair, and why. */
export interface BadRow {
  /** Counted from 1, blank lines too. */
  line: number;
  problem: string;
}

const NEWLINE = 0x0a;

const NOT_UTF8: RowFault = { kind: "notUtf8" };

/** Read JSON Lines. Blank lines are skipped; fields other than prompt and response are not looked at. */
export async function* readPairs(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Pair | BadRow> {
  let line = 0;
  for await (const raw of splitLines(bytes)) {
    line++;
    const text = decode(raw);
    const row = text === undefined ? NOT_UTF8 : parseJsonRow(text);
    if (row) yield isFault(row) ? { line, problem: rowFaultWords(row) } : row.pair;
  }
}

async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]);
      parts = [];
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
  }
  yield Buffer.concat(parts);
}

/** A byte order mark is dropped. */
function decode(row: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(row);
  } catch {
    return undefined;
  }
}
