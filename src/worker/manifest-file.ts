import { ScorerError } from "../shared/errors";
import { MANIFEST_FILE, MAX_MANIFEST_BYTES, type Manifest, parseManifest } from "../shared/manifest";
import { FileCache } from "./cache";
import { chunks, type Fetch, fetchResponse, onConnection, STALL_MS } from "./http";

export interface ManifestFileOptions {
  fetch?: Fetch;
  signal?: AbortSignal;
  cache?: FileCache;
  /** Longest time without a byte. @default 20 000 */
  stallMs?: number;
}

export interface FetchedManifest {
  manifest: Manifest;
  /** For when the server cannot be reached; undefined where that is so, and this the copy kept before. */
  keep: (() => Promise<void>) | undefined;
}

/**
 * Fetch and read the manifest of a model folder. Where the server cannot be reached, the copy of the
 * last load serves: a model that was loaded once loads offline. So it is kept once its files are.
 *
 * @param folder absolute URL, ending in a slash
 * @throws the signal's reason when aborted
 * @throws ScorerError `model-not-found`, `download-failed`, `malformed-model`
 */
export async function fetchManifest(
  folder: string,
  { fetch = globalThis.fetch, signal, cache = new FileCache(), stallMs = STALL_MS }: ManifestFileOptions = {},
): Promise<FetchedManifest> {
  const url = new URL(MANIFEST_FILE, folder).href;
  try {
    const text = await onConnection(signal, async (connection) => {
      const init = { cache: "no-cache", signal: connection } as const;
      const request = { url, name: MANIFEST_FILE, fetch, stallMs, ...init };
      return readText(await fetchResponse(request), stallMs);
    });
    return { manifest: parseManifest(text), keep: () => cache.writeManifest(url, text) };
  } catch (error) {
    const unreachable = error instanceof ScorerError && error.code === "download-failed";
    const kept = unreachable ? readKept(await cache.readManifest(url)) : undefined;
    if (!kept) throw error;
    return { manifest: kept, keep: undefined };
  }
}

/** A copy that went bad is none: what failed is still the server. */
function readKept(text: string | undefined): Manifest | undefined {
  try {
    return text === undefined ? undefined : parseManifest(text);
  } catch {
    return undefined;
  }
}

async function readText(response: Response, stallMs: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of chunks(response, stallMs)) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MAX_MANIFEST_BYTES) {
        throw new ScorerError("malformed-model", `${MANIFEST_FILE}: over ${MAX_MANIFEST_BYTES} bytes`);
      }
    }
  } catch (cause) {
    if (cause instanceof ScorerError) throw cause;
    throw new ScorerError("download-failed", `${MANIFEST_FILE}: connection cut`, { cause });
  }
  return text + decoder.decode();
}
