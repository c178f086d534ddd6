import { createSHA256 } from "hash-wasm";
import type { FileEntry } from "../shared/manifest";

/** Where a model folder is written, file by file. */
export interface FolderTarget {
  /** Write one file whole. The path is relative to the folder; folders in it are made. */
  write(path: string, parts: AsyncIterable<Uint8Array>): Promise<void>;
  /** Remove a file, also one that was not written to its end. */
  remove(path: string): Promise<void>;
}

type Parts = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Write a file and say what was written. */
export async function writeHashed(target: FolderTarget, path: string, parts: Parts): Promise<FileEntry> {
  const hash = await createSHA256();
  hash.init();
  let bytes = 0;
  async function* counted() {
    for await (const part of parts) {
      hash.update(part);
      bytes += part.length;
      yield part;
    }
  }
  await target.write(path, counted());
  return { path, bytes, sha256: hash.digest("hex") };
}

/** The sha256 of a file, read in pieces. */
export async function sha256OfBlob(blob: Blob): Promise<string> {
  const hash = await createSHA256();
  hash.init();
  const reader = blob.stream().getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) hash.update(chunk.value);
  return hash.digest("hex");
}
