import type { Pair } from "../shared/contract";
import { EXPECTED_ROW, parseJsonRow } from "../shared/pair-row";

/** A row that is no pair, and why. */
export interface BadRow {
  /** Counted from 1, blank lines too. */
  line: number;
  problem: string;
}

const NEWLINE = 0x0a;

/** Read JSON Lines. Blank lines are skipped; fields other than prompt and response are not looked at. */
export async function* readPairs(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Pair | BadRow> {
  let line = 0;
  for await (const row of splitLines(bytes)) {
    line++;
    const text = decode(row);
    const parsed =
      text === undefined ? `${EXPECTED_ROW}, found bytes that are not UTF-8` : parseJsonRow(text);
    if (parsed === undefined) continue;
    yield typeof parsed === "string" ? { line, problem: parsed } : parsed.pair;
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
