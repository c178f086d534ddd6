import type { Pair } from "../shared/contract";

/** A row that is no pair, and why. */
export interface BadRow {
  /** Counted from 1, blank lines too. */
  line: number;
  problem: string;
}

const EXPECTED = "expected an object with prompt and response, both strings";
const NEWLINE = 0x0a;
/** Rows may be of any length; what is wrong in one is quoted up to here, in UTF-16 code units. */
const MAX_QUOTE = 60;

/** Read JSON Lines. Blank lines are skipped; fields other than prompt and response are not looked at. */
export async function* readPairs(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Pair | BadRow> {
  let line = 0;
  for await (const row of splitLines(bytes)) {
    line++;
    const parsed = parseRow(row);
    if (parsed === undefined) continue;
    yield typeof parsed === "string" ? { line, problem: parsed } : parsed;
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

/** @returns the pair, undefined for a blank line, or what is wrong with it */
function parseRow(row: Buffer): Pair | string | undefined {
  const decoded = decode(row);
  if (decoded === undefined) return `${EXPECTED}, found bytes that are not UTF-8`;
  const text = decoded.trim();
  if (text === "") return undefined;
  const value = parseJson(text);
  if (value === undefined) return `${EXPECTED}, found text that is not JSON: ${JSON.stringify(quote(text))}`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${EXPECTED}, found ${quote(text)}`;
  }
  const { prompt, response } = value as Record<string, unknown>;
  if (typeof prompt === "string" && typeof response === "string") return { prompt, response };
  return `${EXPECTED}, found ${kindOf("prompt", prompt)} and ${kindOf("response", response)}`;
}

/** A byte order mark is dropped. */
function decode(row: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(row);
  } catch {
    return undefined;
  }
}

/** @returns undefined for text that is not JSON, which no JSON text means */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function kindOf(field: string, value: unknown): string {
  if (value === undefined) return `no ${field}`;
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return `${field} of type ${kind}`;
}

function quote(text: string): string {
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
}
