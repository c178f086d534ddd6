import {
  CACHE_NAME,
  cacheKey,
  cacheStorage,
  figureKey,
  manifestKey,
  PATH_HEADER,
} from "../shared/file-cache";
import type { FileEntry } from "../shared/manifest";
import { isTimeout, timeBox } from "../shared/time-box";

/** Longest wait for storage, in milliseconds: it answers within a few, and a busy disk within a second or two. */
const ANSWER_MS = 10_000;
/** So much longer for each byte of a file, in milliseconds: a slow disk takes a megabyte a second. */
const MS_A_BYTE = 0.001;

/**
 * Files kept for the next load, by content hash. Storage may be missing, blocked, full or silent: no call here
 * ever rejects, and a load goes on in memory. Storage that did not answer once is not asked again.
 */
export class FileCache {
  #storage: CacheStorage | undefined;
  readonly #answerMs: number;

  constructor(storage = cacheStorage(), answerMs = ANSWER_MS) {
    this.#storage = storage;
    this.#answerMs = answerMs;
  }

  /** Whether there is any storage to try. */
  get available(): boolean {
    return this.#storage !== undefined;
  }

  async read(file: FileEntry): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#attempt(async (cache) => {
      const response = await this.#answer(cache.match(cacheKey(file.sha256)));
      return response && new Uint8Array(await this.#answer(response.arrayBuffer(), file.bytes));
    });
  }

  /** @returns whether the browser kept it */
  async write(file: FileEntry, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const headers = { "Content-Length": String(bytes.length), [PATH_HEADER]: file.path };
    const kept = await this.#attempt(async (cache) => {
      await this.#answer(cache.put(cacheKey(file.sha256), new Response(bytes, { headers })), file.bytes);
      return true;
    });
    return kept ?? false;
  }

  async remove(file: FileEntry): Promise<void> {
    await this.#attempt((cache) => this.#answer(cache.delete(cacheKey(file.sha256))));
  }

  /** The text of the manifest last written for this URL. */
  async readManifest(url: string): Promise<string | undefined> {
    return this.#attempt((cache) => this.#readText(cache.match(manifestKey(url))));
  }

  async writeManifest(url: string, text: string): Promise<void> {
    await this.#attempt((cache) => this.#answer(cache.put(manifestKey(url), new Response(text))));
  }

  /** What was measured of a graph under these conditions: a number over 0. */
  async readFigure(graph: FileEntry, conditions: Record<string, string>): Promise<number | undefined> {
    const text = await this.#attempt((cache) =>
      this.#readText(cache.match(figureKey(graph.sha256, conditions))),
    );
    const figure = Number(text);
    return figure > 0 ? figure : undefined;
  }

  /** @param figure undefined forgets it */
  async writeFigure(
    graph: FileEntry,
    conditions: Record<string, string>,
    figure: number | undefined,
  ): Promise<void> {
    const key = figureKey(graph.sha256, conditions);
    await this.#attempt(async (cache) => {
      if (figure === undefined) await this.#answer(cache.delete(key));
      else await this.#answer(cache.put(key, new Response(String(figure))));
    });
  }

  async #readText(found: Promise<Response | undefined>): Promise<string | undefined> {
    const response = await this.#answer(found);
    return response && this.#answer(response.text());
  }

  async #attempt<T>(step: (cache: Cache) => Promise<T>): Promise<T | undefined> {
    if (!this.#storage) return undefined;
    try {
      return await step(await this.#answer(this.#storage.open(CACHE_NAME)));
    } catch (error) {
      if (isTimeout(error)) this.#storage = undefined;
      return undefined;
    }
  }

  /** @param bytes of a file that is read or written */
  #answer<T>(work: Promise<T>, bytes = 0): Promise<T> {
    return timeBox(work, this.#answerMs + MS_A_BYTE * bytes);
  }
}
