import { openAsBlob } from "node:fs";

/** A file as a Blob whose bytes stay on disk until they are read. */
export function openBlob(path: string): Promise<Blob> {
  const { emitWarning } = process;
  // Node 20 and 22 warn, within the call, that openAsBlob is experimental; 24 does not.
  process.emitWarning = () => undefined;
  try {
    return openAsBlob(path);
  } finally {
    process.emitWarning = emitWarning;
  }
}
