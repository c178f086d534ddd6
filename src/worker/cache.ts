import { CACHE_NAME, cacheKey, cacheStorage, manifestKey, PATH_HEADER, speedKey } from "../shared/file-cache";
import type { FileEntry } from "../shared/manifest";

/**
 * Files kept for the next load, by content hash. Storage may be missing, blocked or full: no call here
 * ever rejects, and a load goes on in memory.
 */
export class FileCache {
  readonly #storage: CacheStorage | undefined;

  constructor(storage = cacheStorage()) {
    this.#storage = storage;
  }

  /** Whether there is any storage to try. */
  get available(): boolean {
    return this.#storage !== undefined;
  }

  async read(file: FileEntry): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const response = await this.#attempt((cache) => cache.match(cacheKey(file.sha256)));
    return response && orUndefined(async () => new Uint8Array(await response.arrayBuffer()));
  }

  /** @returns whether the browser kept it */
  async write(file: FileEntry, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const headers = { "Content-Length": String(bytes.length), [PATH_HEADER]: file.path };
    const kept = await this.#attempt(async (cache) => {
      await cache.put(cacheKey(file.sha256), new Response(bytes, { headers }));
      return true;
    });
    return kept ?? false;
  }

  async remove(file: FileEntry): Promise<void> {
    await this.#attempt((cache) => cache.delete(cacheKey(file.sha256)));
  }

  /** The text of the manifest last written for this URL. */
  async readManifest(url: string): Promise<string | undefined> {
    const response = await this.#attempt((cache) => cache.match(manifestKey(url)));
    return response && orUndefined(() => response.text());
  }

  async writeManifest(url: string, text: string): Promise<void> {
    await this.#attempt((cache) => cache.put(manifestKey(url), new Response(text)));
  }

  /** How fast a graph ran under these conditions, in milliseconds a pair. */
  async readSpeed(graph: FileEntry, conditions: Record<string, string>): Promise<number | undefined> {
    const response = await this.#attempt((cache) => cache.match(speedKey(graph.sha256, conditions)));
    const msPerPair = response && (await orUndefined(async () => Number(await response.text())));
    return msPerPair && msPerPair > 0 ? msPerPair : undefined;
  }

  async writeSpeed(graph: FileEntry, conditions: Record<string, string>, msPerPair: number): Promise<void> {
    const speed = new Response(String(msPerPair));
    await this.#attempt((cache) => cache.put(speedKey(graph.sha256, conditions), speed));
  }

  #attempt<T>(step: (cache: Cache) => Promise<T>): Promise<T | undefined> {
    return orUndefined(async () => this.#storage && step(await this.#storage.open(CACHE_NAME)));
  }
}

async function orUndefined<T>(step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch {
    return undefined;
  }
}
