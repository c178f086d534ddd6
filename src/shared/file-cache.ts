/** Name of our Cache API store. Its keys are content hashes, so a new version of a model needs no new name. */
export const CACHE_NAME = "reward-scorer";

/** Response header with the file's path in its model folder, for people. */
export const PATH_HEADER = "X-Reward-Path";

/** A file that the browser keeps for the next load. */
export interface CachedFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** Key of a file in the cache: nothing is ever fetched from it. */
export function cacheKey(sha256: string): string {
  return new URL(`/reward-scorer/sha256/${sha256}`, globalThis.location.origin).href;
}

/** Key of the last good manifest of a model folder, for when its server cannot be reached. */
export function manifestKey(url: string): string {
  return new URL(`/reward-scorer/manifest/${encodeURIComponent(url)}`, globalThis.location.origin).href;
}

/**
 * Key of a figure that was measured of a graph.
 *
 * @param conditions what it is, and what it hangs on; none of them for all figures of the graph
 */
export function figureKey(graphSha256: string, conditions: Record<string, string> = {}): string {
  const url = new URL(`/reward-scorer/figure/${graphSha256}`, globalThis.location.origin);
  url.search = new URLSearchParams(conditions).toString();
  return url.href;
}

/** The browser's store; undefined where there is none, or where even asking for it is refused. */
export function cacheStorage(): CacheStorage | undefined {
  try {
    return globalThis.caches;
  } catch {
    return undefined;
  }
}

/** What the browser keeps; empty where it keeps nothing. */
export async function listCachedFiles(): Promise<CachedFile[]> {
  const cache = await cacheStorage()?.open(CACHE_NAME);
  if (!cache) return [];
  const requests = (await cache.keys()).filter(({ url }) => url.startsWith(cacheKey("")));
  const responses = await Promise.all(requests.map((request) => cache.match(request)));
  return responses.flatMap((response, at) => {
    if (!response) return [];
    const { headers } = response;
    const sha256 = requests[at]!.url.split("/").at(-1)!;
    const path = headers.get(PATH_HEADER) ?? "";
    return [{ path, bytes: Number(headers.get("Content-Length")), sha256 }];
  });
}

/** The last good manifest of a model folder. */
export interface KeptManifest {
  /** Of `reward.json`. */
  url: string;
  text: string;
}

/** The manifests of the models that were loaded; empty where the browser keeps nothing. */
export async function listKeptManifests(): Promise<KeptManifest[]> {
  const cache = await cacheStorage()?.open(CACHE_NAME);
  if (!cache) return [];
  const requests = (await cache.keys()).filter(({ url }) => url.startsWith(manifestKey("")));
  const texts = await Promise.all(requests.map(async (request) => (await cache.match(request))?.text()));
  return requests.flatMap(({ url }, at) => {
    const text = texts[at];
    if (text === undefined) return [];
    return [{ url: decodeURIComponent(url.slice(manifestKey("").length)), text }];
  });
}

/** Forget some of the files, by content hash, what was measured of those that are graphs, and the manifest of a model. */
export async function forgetFiles(hashes: readonly string[], manifestUrl?: string): Promise<void> {
  const cache = await cacheStorage()?.open(CACHE_NAME);
  const keys = hashes.map(cacheKey);
  if (manifestUrl) keys.push(manifestKey(manifestUrl));
  const figures = hashes.map((sha256) => cache?.delete(figureKey(sha256), { ignoreSearch: true }));
  await Promise.all([...keys.map((key) => cache?.delete(key)), ...figures]);
}

/** Forget every downloaded file, and all that was measured. */
export async function clearCachedFiles(): Promise<void> {
  await cacheStorage()?.delete(CACHE_NAME);
}
