import { ScorerError } from "../shared/errors";
import { MANIFEST_FILE, type Manifest, parseManifest } from "../shared/manifest";
import { type Fetch, fetchResponse } from "./http";

/** Longest manifest read, in bytes. Real ones are a few kilobytes; goldens may be long texts. */
const MAX_MANIFEST_BYTES = 4_000_000;

/**
 * Fetch and read the manifest of a model folder. Asks the server whether a stored copy is still good.
 *
 * @param folder absolute URL, ending in a slash
 * @throws ScorerError `model-not-found`, `download-failed`, `malformed-model`
 */
export async function fetchManifest(folder: string, fetch: Fetch = globalThis.fetch): Promise<Manifest> {
  const url = new URL(MANIFEST_FILE, folder).href;
  const response = await fetchResponse(fetch, url, MANIFEST_FILE, { cache: "no-cache" });
  return parseManifest(await readText(response));
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      text += decoder.decode(next.value, { stream: true });
      if (text.length > MAX_MANIFEST_BYTES) {
        throw new ScorerError("malformed-model", `${MANIFEST_FILE}: over ${MAX_MANIFEST_BYTES} bytes`);
      }
    }
  } catch (cause) {
    await reader?.cancel().catch(() => undefined);
    if (cause instanceof ScorerError) throw cause;
    throw new ScorerError("download-failed", `${MANIFEST_FILE}: connection cut`, { cause });
  }
  return text + decoder.decode();
}
