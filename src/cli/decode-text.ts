import { gunzipSync } from "node:zlib";
import { UsageError } from "./usage-error";

/** What every gzipped file begins with. */
const GZIP = [0x1f, 0x8b];

/** The text of a file, gzipped or not. @throws UsageError — it is not UTF-8, or no whole gzip file */
export function decodeText(path: string, bytes: Uint8Array): string {
  const plain = GZIP.every((byte, at) => bytes[at] === byte) ? unzip(path, bytes) : bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${path}: expected UTF-8, found bytes that are not`);
  }
}

function unzip(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new UsageError(`${path}: expected a whole gzip file`, { cause });
  }
}
