import { ScorerError } from "../shared/errors";
import { crc32OfBlob } from "./crc32";
import { findZipDirectory } from "./zip-directory";

export interface ZipEntry {
  name: string;
  bytes: number;
  /**
   * The entry's bytes, as a slice of the file; the first time they are held against their checksum.
   *
   * @throws ScorerError `malformed-pickle` — the entry is not where the directory says, or not what was put there
   */
  slice(): Promise<Blob>;
}

/** What the directory says of an entry. */
interface Listed {
  name: Uint8Array;
  /** Of its own header. */
  offset: number;
  bytes: number;
  crc32: number;
}

/** Longest central directory read, in bytes: about 80 are needed for a tensor. */
const MAX_DIRECTORY_BYTES = 4_000_000;

const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;

const STORED = 0;
const ENCRYPTED = 1;
const ZIP64_EXTRA = 1;
/** What a 32-bit field holds when its value is in the zip64 extra field. */
const IN_EXTRA = 0xffffffff;

/**
 * Lists the entries of a zip archive, 64-bit ones too. Reads the directory at the file's end and nothing
 * else, so that entries can be read one at a time.
 *
 * @param name the file's name, for messages
 * @throws ScorerError `malformed-pickle` — cut off, inconsistent, or an entry is compressed or encrypted
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZip(file: Blob, name: string): Promise<ReadonlyMap<string, ZipEntry>> {
  const { start, end, entryCount } = await findZipDirectory(file, name);
  if (end - start > MAX_DIRECTORY_BYTES) {
    throw malformed(
      `${name}: zip directory: expected at most ${MAX_DIRECTORY_BYTES} bytes, found ${end - start}`,
    );
  }
  const directory = new DataView(await file.slice(start, end).arrayBuffer());
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  while (at < directory.byteLength) {
    if (at + ENTRY_BYTES > directory.byteLength || directory.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw malformed(`${name}: zip directory: expected an entry at ${start + at}, found none`);
    }
    const nameEnd = at + ENTRY_BYTES + directory.getUint16(at + 28, true);
    const extraEnd = nameEnd + directory.getUint16(at + 30, true);
    const next = extraEnd + directory.getUint16(at + 32, true);
    if (next > directory.byteLength)
      throw malformed(`${name}: zip directory: entry at ${start + at} is cut off`);
    const entry = readEntry(file, name, directory, at, nameEnd, extraEnd);
    if (entries.has(entry.name)) throw malformed(`${name}: entry "${entry.name}" is listed twice`);
    entries.set(entry.name, entry);
    at = next;
  }
  if (entries.size !== entryCount) {
    throw malformed(`${name}: zip directory: expected ${entryCount} entries, found ${entries.size}`);
  }
  return entries;
}

function readEntry(
  file: Blob,
  fileName: string,
  directory: DataView,
  at: number,
  nameEnd: number,
  extraEnd: number,
): ZipEntry {
  const nameBytes = new Uint8Array(directory.buffer, at + ENTRY_BYTES, nameEnd - at - ENTRY_BYTES);
  const name = new TextDecoder().decode(nameBytes);
  const subject = `${fileName}: entry "${name}"`;
  const method = directory.getUint16(at + 10, true);
  if (method !== STORED)
    throw malformed(`${subject}: expected stored bytes, found compression method ${method}`);
  if (directory.getUint16(at + 8, true) & ENCRYPTED)
    throw malformed(`${subject}: expected stored bytes, found encrypted ones`);
  const extra = new DataView(directory.buffer, nameEnd, extraEnd - nameEnd);
  const wide = zip64Values(extra);
  const field = (offset: number) => {
    const value = directory.getUint32(at + offset, true);
    return value === IN_EXTRA ? (wide.shift() ?? value) : value;
  };
  const bytes = field(24);
  const storedBytes = field(20);
  const offset = field(42);
  if (bytes !== storedBytes)
    throw malformed(`${subject}: expected ${bytes} stored bytes, found ${storedBytes}`);
  if (offset + bytes > file.size) {
    throw malformed(`${subject} spans [${offset}, ${offset + bytes}), file is ${file.size} bytes`);
  }
  const crc32 = directory.getUint32(at + 16, true);
  let checked: Promise<Blob> | undefined;
  const slice = () => {
    checked ??= sliceEntry(file, subject, { name: nameBytes, offset, bytes, crc32 });
    return checked;
  };
  return { name, bytes, slice };
}

/** The 64-bit values of the zip64 extra field: those fields that have no room, in the entry's order. */
function zip64Values(extra: DataView): number[] {
  let at = 0;
  while (at + 4 <= extra.byteLength) {
    const end = Math.min(at + 4 + extra.getUint16(at + 2, true), extra.byteLength);
    if (extra.getUint16(at, true) === ZIP64_EXTRA) {
      const values: number[] = [];
      for (let value = at + 4; value + 8 <= end; value += 8)
        values.push(Number(extra.getBigUint64(value, true)));
      return values;
    }
    at = end;
  }
  return [];
}

/** The entry's own header says how far behind it the bytes begin: PyTorch pads them to 64. */
async function sliceEntry(file: Blob, subject: string, listed: Listed): Promise<Blob> {
  const { name, offset, bytes, crc32 } = listed;
  const header = new DataView(await file.slice(offset, offset + LOCAL_BYTES).arrayBuffer());
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL_SIGNATURE) {
    throw malformed(`${subject}: expected its header at ${offset}, found none`);
  }
  const nameEnd = offset + LOCAL_BYTES + header.getUint16(26, true);
  const ownName = new Uint8Array(await file.slice(offset + LOCAL_BYTES, nameEnd).arrayBuffer());
  if (ownName.length !== name.length || ownName.some((byte, at) => byte !== name[at])) {
    throw malformed(`${subject}: found another name in its header at ${offset}`);
  }
  const start = nameEnd + header.getUint16(28, true);
  if (start + bytes > file.size) {
    throw malformed(`${subject} spans [${start}, ${start + bytes}), file is ${file.size} bytes`);
  }
  const content = file.slice(start, start + bytes);
  const found = await crc32OfBlob(content);
  if (found !== crc32) throw malformed(`${subject}: expected crc32 ${hex(crc32)}, found ${hex(found)}`);
  return content;
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-pickle", message);
}
