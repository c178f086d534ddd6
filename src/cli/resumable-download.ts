import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { ScorerError } from "../shared/errors";
import { withLock } from "./download-lock";

/** A file on the Hub, and what the Hub states of it. */
export interface RemoteFile {
  name: string;
  url: string;
  bytes: number;
  /** sha256 of the bytes for large files, git's blob hash for small ones. */
  hash: { kind: "sha256" | "git"; hex: string };
}

/**
 * Download a file to `path`, or only the rest of it: what an earlier try left in `<path>.incomplete`
 * is kept. A cut connection is taken up again as long as each one brings something.
 *
 * @param onProgress called with the bytes there so far
 * @throws ScorerError `download-failed` — no answer, a status that is no success, or another process is at it
 * @throws ScorerError `integrity-mismatch` — size or hash is not what the Hub states; the file is removed
 */
export async function downloadResumably(
  file: RemoteFile,
  path: string,
  fetch: typeof globalThis.fetch,
  onProgress: (loadedBytes: number) => void,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await withLock(`${path}.lock`, file.name, () => download(file, path, fetch, onProgress));
}

async function download(
  file: RemoteFile,
  path: string,
  fetch: typeof globalThis.fetch,
  onProgress: (loadedBytes: number) => void,
): Promise<void> {
  const partial = `${path}.incomplete`;
  let loaded = await sizeOf(partial);
  while (loaded !== file.bytes) {
    const before = loaded === undefined || loaded > file.bytes ? 0 : loaded;
    loaded = await receive(file, partial, before, fetch, onProgress);
    if (loaded > file.bytes) break;
    if (loaded < file.bytes && loaded <= before) throw new ScorerError("download-failed", cut(file, loaded));
  }
  if (await matchesHash(partial, file)) return rename(partial, path);
  await rm(partial);
  const { kind, hex } = file.hash;
  throw new ScorerError(
    "integrity-mismatch",
    `${file.name}: expected ${file.bytes} bytes of ${kind} hash ${hex}, found others`,
  );
}

/** Whether a file is there and is the one that the Hub states. */
export async function matchesHash(path: string, { bytes, hash }: RemoteFile): Promise<boolean> {
  if ((await sizeOf(path)) !== bytes) return false;
  const digest = createHash(hash.kind === "git" ? "sha1" : "sha256");
  if (hash.kind === "git") digest.update(`blob ${bytes}\0`);
  for await (const chunk of createReadStream(path)) digest.update(chunk);
  return digest.digest("hex") === hash.hex;
}

/** One connection. @returns the bytes on disk when it ended, whole or cut */
async function receive(
  file: RemoteFile,
  partial: string,
  from: number,
  fetch: typeof globalThis.fetch,
  onProgress: (loadedBytes: number) => void,
): Promise<number> {
  const headers = new Headers({ "Accept-Encoding": "identity" }); // ranges count encoded bytes
  if (from > 0) headers.set("Range", `bytes=${from}-`);
  const response = await fetch(file.url, { headers });
  if (!response.ok || !response.body) {
    throw new ScorerError("download-failed", `${file.name}: expected status 200, found ${response.status}`);
  }
  const continues = response.status === 206;
  let loaded = continues ? from : 0;
  const handle = await open(partial, continues ? "a" : "w");
  try {
    onProgress(loaded);
    for await (const chunk of response.body) {
      await handle.appendFile(chunk);
      loaded += chunk.length;
      onProgress(loaded);
      if (loaded > file.bytes) break;
    }
  } catch (error) {
    if (!isCutConnection(error)) throw error;
  } finally {
    await handle.close();
  }
  return loaded;
}

/** fetch ends a body that was cut with a TypeError; the disk's errors carry the call that failed. */
function isCutConnection(error: unknown): boolean {
  return error instanceof TypeError && !("syscall" in error);
}

function cut({ name, bytes }: RemoteFile, loaded: number): string {
  return `${name}: connection cut at ${loaded} of ${bytes} bytes; what is there is kept for the next try`;
}

/** @returns undefined when there is no such file */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
