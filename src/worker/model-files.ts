import type { FileEntry } from "../shared/manifest";
import { FileCache } from "./cache";
import { type DownloadOptions, downloadFile, type ServedFile, verifyFile } from "./download";

/** Files on their way. */
export interface ModelFiles {
  /** One of them. When any fails, those still on their way reject, too. */
  get(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Resolves when every file is there, by path; rejects with the first failure. */
  all: Promise<Map<string, Uint8Array<ArrayBuffer>>>;
  /** Whether every file will be there for the next load; told when all were stored or refused. */
  cached: Promise<boolean>;
}

/** What all files of a load have in common. */
export interface FileAccess {
  cache: FileCache;
  /** Aborted when the load is given up. */
  signal: AbortSignal;
}

export interface ModelFilesOptions
  extends Partial<FileAccess>,
    Pick<DownloadOptions, "fetch" | "backoffMs" | "stallMs"> {
  /** Awaited before a file is asked of the server. */
  before?: (entry: FileEntry) => Promise<unknown> | undefined;
  /** Bytes as sent. Never falls; the total is constant. */
  onProgress?: (loadedBytes: number, totalBytes: number) => void;
}

/**
 * Get files of a model folder at the same time, from the cache or else from the server, each checked
 * against the manifest. One failure stops the rest. Errors are those of {@link downloadFile}.
 *
 * @param folder absolute URL, ending in a slash
 */
export function getModelFiles(
  folder: string,
  entries: readonly ServedFile[],
  options: ModelFilesOptions = {},
): ModelFiles {
  const { cache = new FileCache(), signal, before, onProgress, ...transport } = options;
  const httpCache: RequestCache = cache.available ? "no-store" : "default"; // weights are stored once
  signal?.throwIfAborted();
  const stop = new AbortController();
  // A listener would keep the files as long as their signal, which lives until the next load.
  const ended = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const download = { ...transport, httpCache, signal: ended };
  const sentBytes = ({ bytes, compressedBytes }: ServedFile) => compressedBytes ?? bytes;
  const report = aggregate(entries.map(sentBytes), onProgress);
  const get = async (entry: ServedFile, at: number) => {
    const onFile = (loadedBytes: number) => report(at, loadedBytes);
    try {
      const kept = await readIntact(entry, cache);
      ended.throwIfAborted();
      if (!kept) await before?.(entry);
      const bytes = kept ?? (await downloadFile(folder, entry, { ...download, onProgress: onFile }));
      onFile(sentBytes(entry));
      return { bytes, cached: kept ? Promise.resolve(true) : cache.write(entry, bytes) };
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  const files = new Map(entries.map((entry, at) => [entry.path, get(entry, at)]));
  const all = Promise.all(
    Array.from(files, async ([path, file]) => [path, (await file).bytes] as const),
  ).then((got) => new Map(got));
  const cached = Promise.all(Array.from(files.values(), async (file) => (await file).cached));
  const outcome = cached.then((each) => each.every((kept) => kept));
  outcome.catch(() => undefined); // told by `all`
  return { get: async (path) => (await files.get(path)!).bytes, all, cached: outcome };
}

async function readIntact(entry: FileEntry, cache: FileCache): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const kept = await cache.read(entry);
  if (!kept || (await isIntact(entry, kept))) return kept;
  await cache.remove(entry);
  return undefined;
}

async function isIntact(entry: FileEntry, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    await verifyFile(entry, bytes);
    return true;
  } catch {
    return false;
  }
}

/** One count over all files. A file that starts over counts again only past where it was. */
function aggregate(sentBytes: readonly number[], onProgress: ModelFilesOptions["onProgress"]) {
  const loaded = sentBytes.map(() => 0);
  const totalBytes = sentBytes.reduce((sum, bytes) => sum + bytes, 0);
  let loadedBytes = 0;
  return (at: number, fileBytes: number) => {
    const before = loaded[at]!;
    if (fileBytes <= before) return;
    loaded[at] = fileBytes;
    loadedBytes += fileBytes - before;
    onProgress?.(loadedBytes, totalBytes);
  };
}
