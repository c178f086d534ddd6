import { gunzipSync } from "node:zlib";
import { UsageError } from "./usage-error";

/** What every gzipped file begins with. */
const GZIP = [0x1f, 0x8b];

const NEWLINE = 0x0a;

/** The text of a file, gzipped or not. @throws UsageError — it is not UTF-8, or no whole gzip file */
export function decodeText(path: string, bytes: Uint8Array): string {
  const plain = GZIP.every((byte, at) => bytes[at] === byte) ? unzip(path, bytes) : bytes;
  const text = decode(plain);
  if (text !== undefined) return text;
  throw new UsageError(`${path}: line ${findBadLine(plain)}: expected UTF-8, found bytes that are not`);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Counted from 1. A newline is no part of another character, so each line is UTF-8 by itself or is not. */
function findBadLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    if (decode(bytes.subarray(start, end)) === undefined) return line;
    line++;
    start = end + 1;
  }
  return line;
}

function unzip(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new UsageError(`${path}: expected a whole gzip file`, { cause });
  }
}
