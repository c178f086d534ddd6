import type { FileEntry } from "../shared/manifest";
import { FileCache } from "./cache";
import { type DownloadOptions, downloadFile, verifyFile } from "./download";

export interface ModelFiles {
  /** By path. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
  /** Whether every file will be there for the next load. */
  cached: boolean;
}

export interface ModelFilesOptions extends Pick<DownloadOptions, "fetch" | "backoffMs" | "stallMs"> {
  cache?: FileCache;
  /** Never falls; the total is constant. */
  onProgress?: (loadedBytes: number, totalBytes: number) => void;
}

/**
 * Get files of a model folder at the same time, from the cache or else from the server, each checked
 * against the manifest. One failure stops the rest.
 *
 * @param folder absolute URL, ending in a slash
 * @throws ScorerError as {@link downloadFile}
 */
export async function getModelFiles(
  folder: string,
  entries: readonly FileEntry[],
  options: ModelFilesOptions = {},
): Promise<ModelFiles> {
  const { cache = new FileCache(), onProgress, ...transport } = options;
  const httpCache = cache.available ? "no-store" : "default"; // weights are stored once
  const stop = new AbortController();
  const report = aggregate(entries, onProgress);
  const get = async (entry: FileEntry) => {
    const onFile = (loadedBytes: number) => report(entry, loadedBytes);
    const got = await getFile(folder, entry, cache, {
      ...transport,
      httpCache,
      signal: stop.signal,
      onProgress: onFile,
    });
    onFile(entry.bytes);
    return { path: entry.path, ...got };
  };
  try {
    const all = await Promise.all(entries.map(get));
    const files = new Map(all.map(({ path, bytes }) => [path, bytes]));
    return { files, cached: all.every(({ cached }) => cached) };
  } catch (error) {
    stop.abort();
    throw error;
  }
}

async function getFile(folder: string, entry: FileEntry, cache: FileCache, options: DownloadOptions) {
  const kept = await cache.read(entry);
  if (kept && (await isIntact(entry, kept))) return { bytes: kept, cached: true };
  if (kept) await cache.remove(entry);
  const bytes = await downloadFile(folder, entry, options);
  return { bytes, cached: await cache.write(entry, bytes) };
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
function aggregate(entries: readonly FileEntry[], onProgress: ModelFilesOptions["onProgress"]) {
  const loaded = new Map<FileEntry, number>();
  const totalBytes = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let loadedBytes = 0;
  return (entry: FileEntry, fileBytes: number) => {
    const before = loaded.get(entry) ?? 0;
    if (fileBytes <= before) return;
    loaded.set(entry, fileBytes);
    loadedBytes += fileBytes - before;
    onProgress?.(loadedBytes, totalBytes);
  };
}
