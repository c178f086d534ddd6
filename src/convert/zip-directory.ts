import { ScorerError } from "../shared/errors";

export interface ZipDirectory {
  /** Byte range in the file, end exclusive. */
  start: number;
  end: number;
  entryCount: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
/** The comment behind the end record has a 16-bit length. */
const MAX_COMMENT_BYTES = 0xffff;

const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;

/**
 * Finds the central directory of a zip archive by the record at the file's end, or the 64-bit one that
 * may stand before it.
 *
 * @param name the file's name, for messages
 * @throws ScorerError `malformed-pickle` — no end record, or a directory outside the file
 */
export async function findZipDirectory(file: Blob, name: string): Promise<ZipDirectory> {
  const tailStart = Math.max(0, file.size - LOCATOR_BYTES - END_BYTES - MAX_COMMENT_BYTES);
  const tail = new DataView(await file.slice(tailStart).arrayBuffer());
  const at = findEndRecord(tail);
  if (at === undefined) throw malformed(`${name}: zip archive is cut off: found no end record`);
  const directory = (await readEnd64(file, tail, at, name)) ?? readEnd(tail, at);
  if (directory.end > tailStart + at) {
    throw malformed(
      `${name}: zip directory spans [${directory.start}, ${directory.end}), file is ${file.size} bytes`,
    );
  }
  return directory;
}

/** From the back; a signature counts where the comment's length leads to the file's end. */
function findEndRecord(tail: DataView): number | undefined {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_BYTES + tail.getUint16(at + 20, true) === tail.byteLength) return at;
  }
  return undefined;
}

function readEnd(tail: DataView, at: number): ZipDirectory {
  const start = tail.getUint32(at + 16, true);
  return { start, end: start + tail.getUint32(at + 12, true), entryCount: tail.getUint16(at + 10, true) };
}

async function readEnd64(
  file: Blob,
  tail: DataView,
  endRecord: number,
  name: string,
): Promise<ZipDirectory | undefined> {
  const locator = endRecord - LOCATOR_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR_SIGNATURE) return undefined;
  const offset = Number(tail.getBigUint64(locator + 8, true));
  const record = new DataView(await file.slice(offset, offset + END64_BYTES).arrayBuffer());
  if (record.byteLength < END64_BYTES || record.getUint32(0, true) !== END64_SIGNATURE) {
    throw malformed(`${name}: expected the 64-bit zip end record at ${offset}, found none`);
  }
  const start = Number(record.getBigUint64(48, true));
  return {
    start,
    end: start + Number(record.getBigUint64(40, true)),
    entryCount: Number(record.getBigUint64(32, true)),
  };
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-pickle", message);
}
