import { constants } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { UsageError } from "./usage-error";

/** What every gzipped file begins with. */
const GZIP = [0x1f, 0x8b];

const NEWLINE = 0x0a;

/** Longest text read, in bytes: as many characters as a string can have. */
const MAX_BYTES = constants.MAX_STRING_LENGTH;

/** The text of a file, gzipped or not. @throws UsageError — it is not UTF-8, no whole gzip file, or too long */
export function decodeText(path: string, bytes: Uint8Array): string {
  const plain = GZIP.every((byte, at) => bytes[at] === byte) ? unzip(path, bytes) : bytes;
  if (plain.length > MAX_BYTES) {
    throw new UsageError(`${path}: expected at most ${MAX_BYTES} bytes, found ${plain.length}`);
  }
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
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new UsageError(`${path}: expected at most ${MAX_BYTES} bytes, unzipped, found more`, { cause });
    }
    throw new UsageError(`${path}: expected a whole gzip file`, { cause });
  }
}
