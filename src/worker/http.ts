import { ScorerError } from "../shared/errors";

export type Fetch = typeof globalThis.fetch;

/** What servers answer for a file they do not have or do not show. */
const MISSING = [401, 403, 404, 410];

/**
 * Fetch a file of a model folder.
 *
 * @param name the file, for messages
 * @throws ScorerError `model-not-found` — 404 and its like, or an HTML page, which single-page hosts send
 * with status 200 for a missing file
 * @throws ScorerError `download-failed` — network, or any other status
 */
export async function fetchResponse(fetch: Fetch, url: string, name: string, init: RequestInit) {
  const response = await connect(fetch, url, name, init);
  if (MISSING.includes(response.status)) {
    throw new ScorerError("model-not-found", `${name}: status ${response.status} at ${url}`);
  }
  if (!response.ok && response.status !== 416) {
    throw new ScorerError("download-failed", `${name}: status ${response.status} at ${url}`);
  }
  if (response.headers.get("Content-Type")?.startsWith("text/html")) {
    throw new ScorerError("model-not-found", `${name}: found an HTML page at ${url}`);
  }
  return response;
}

async function connect(fetch: Fetch, url: string, name: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ScorerError("download-failed", `${name}: no answer from ${url}`, { cause });
  }
}
