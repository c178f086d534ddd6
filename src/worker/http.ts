import { ScorerError } from "../shared/errors";
import { timeBox } from "../shared/time-box";

export type Fetch = typeof globalThis.fetch;

/**
 * Longest time without a byte, in milliseconds; after that a connection counts as cut. Long enough for a
 * phone to change cells and a server to wake; five of them in a row end a load within two minutes.
 */
export const STALL_MS = 20_000;

/** What servers answer for a file they do not have or do not show. */
const MISSING = [401, 403, 404, 410];

/** A file of a model folder to be fetched. */
export interface FileRequest extends Pick<RequestInit, "cache" | "headers"> {
  url: string;
  /** For messages. */
  name: string;
  /** Of {@link onConnection}. */
  signal: AbortSignal;
  fetch: Fetch;
  stallMs: number;
}

/** Work on a connection of its own, which is closed when the work ends or the caller's signal aborts. */
export async function onConnection<T>(
  signal: AbortSignal | undefined,
  work: (connection: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const connection = new AbortController();
  const abort = () => connection.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  try {
    return await work(connection.signal);
  } finally {
    signal?.removeEventListener("abort", abort);
    connection.abort();
  }
}

/**
 * Fetch a file of a model folder.
 *
 * @throws ScorerError `model-not-found` — 404 and its like, or an HTML page, which single-page hosts send
 * with status 200 for a missing file
 * @throws ScorerError `download-failed` — network, no answer in time, or any other status
 */
export async function fetchResponse(request: FileRequest): Promise<Response> {
  const { url, name } = request;
  const response = await connect(request);
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

/**
 * The body, piece by piece. Safari's streams are not async iterable.
 *
 * @throws DOMException `TimeoutError` — nothing came for so long
 */
export async function* chunks(response: Response, stallMs: number): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const read = () => timeBox(reader.read(), stallMs);
  try {
    for (let next = await read(); !next.done; next = await read()) yield next.value;
  } finally {
    reader.cancel().catch(() => undefined); // does nothing once the body has ended
  }
}

async function connect({ url, name, fetch, stallMs, ...init }: FileRequest): Promise<Response> {
  try {
    return await timeBox(fetch(url, { ...init, mode: modeFor(url) }), stallMs);
  } catch (cause) {
    if (init.signal.aborted) throw cause;
    throw new ScorerError("download-failed", `${name}: no answer from ${url}`, { cause });
  }
}

/**
 * A folder of this site stays on this site: with `same-origin` the browser refuses to follow a redirect
 * elsewhere, before anything is sent there. A folder that the person agreed to load from another site may
 * have its files where that site says: the Hub redirects to its CDN.
 */
function modeFor(url: string): RequestMode {
  return new URL(url).origin === globalThis.location?.origin ? "same-origin" : "cors";
}
