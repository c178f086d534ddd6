import { createCRC32 } from "hash-wasm";

/** The checksum that zip archives use, read in pieces. */
export async function crc32OfBlob(blob: Blob): Promise<number> {
  const crc32 = await createCRC32();
  crc32.init();
  const reader = blob.stream().getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) crc32.update(chunk.value);
  return Number.parseInt(crc32.digest("hex"), 16);
}
