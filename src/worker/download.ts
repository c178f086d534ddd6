import { ScorerError } from "../shared/errors";
import type { FileEntry } from "../shared/manifest";
import { ByteSink, wrongLength } from "./byte-sink";
import { chunks, type Fetch, fetchResponse, onConnection, STALL_MS } from "./http";
import { sha256Hex } from "./sha256";
import type { Sink } from "./sink";
import { ZstdSink } from "./zstd-sink";

/** Connections tried for one file. A 45 MB shard over a poor line survives four cuts. */
const MAX_CONNECTIONS = 5;
/** Wait before the second connection, in milliseconds; doubled each time. */
const BACKOFF_MS = 250;

/** A file as a server has it. */
export interface ServedFile extends FileEntry {
  /** Of the file compressed by zstd, when that is what is served; all else is told of its content. */
  compressedBytes?: number | undefined;
}

export interface DownloadOptions {
  fetch?: Fetch;
  signal?: AbortSignal;
  /** The browser's own cache. @default "default" */
  httpCache?: RequestCache;
  /** Bytes received so far. Falls when a server makes us start over. */
  onProgress?: (loadedBytes: number) => void;
  /** @default 250 */
  backoffMs?: number;
  /** Longest time without a byte: then the connection counts as cut. @default 20 000 */
  stallMs?: number;
}

/**
 * Download one file of a model folder and check it against its manifest entry. A connection that is cut,
 * or falls silent, is resumed from the bytes received. A wrong file that may have come from the browser's own
 * cache is asked of the server once more: the folder may have been replaced.
 *
 * @param folder absolute URL, ending in a slash
 * @throws ScorerError `model-not-found`, `download-failed` (`cause` kept), `out-of-memory`
 * @throws ScorerError `integrity-mismatch` — length or sha256 differ from the manifest
 */
export async function downloadFile(
  folder: string,
  file: ServedFile,
  options: DownloadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { httpCache = "default" } = options;
  try {
    return await download(folder, file, options);
  } catch (error) {
    if (httpCache !== "default" || !isMismatch(error)) throw error;
    return download(folder, file, { ...options, httpCache: "reload" });
  }
}

async function download(
  folder: string,
  file: ServedFile,
  options: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const sink = file.compressedBytes ? new ZstdSink(file, file.compressedBytes) : new ByteSink(file);
  const url = new URL(file.path, folder).href;
  for (let connection = 1; ; connection++) {
    try {
      await onConnection(options.signal, (connection) => receive(url, sink, options, connection));
      break;
    } catch (error) {
      if (!isTransient(error) || connection === MAX_CONNECTIONS) throw error;
      await wait((options.backoffMs ?? BACKOFF_MS) * 2 ** (connection - 1), options.signal);
    }
  }
  await verifyFile(file, sink.bytes);
  return sink.bytes;
}

/** @throws ScorerError `integrity-mismatch` */
export async function verifyFile(file: FileEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (bytes.length !== file.bytes) throw wrongLength(file, String(bytes.length));
  const found = await sha256Hex(bytes);
  if (found === file.sha256) return;
  throw new ScorerError("integrity-mismatch", `${file.path}: expected sha256 ${file.sha256}, got ${found}`);
}

async function receive(
  url: string,
  sink: Sink,
  options: DownloadOptions,
  connection: AbortSignal,
): Promise<void> {
  const { fetch = globalThis.fetch, httpCache = "default", stallMs = STALL_MS, onProgress } = options;
  const { path } = sink.file;
  const headers: HeadersInit = sink.received > 0 ? { Range: `bytes=${sink.received}-` } : {};
  const request = { url, name: path, headers, cache: httpCache, fetch, stallMs, signal: connection };
  const response = await fetchResponse(request);
  if (!continues(response, sink.received)) sink.restart();
  if (response.status === 416) throw new ScorerError("download-failed", `${path}: range refused`);
  try {
    for await (const chunk of chunks(response, stallMs)) {
      sink.write(chunk);
      onProgress?.(sink.received);
    }
  } catch (cause) {
    if (cause instanceof ScorerError || connection.aborted) throw cause;
    if (sink.complete) return;
    const { received, sentBytes } = sink;
    if (response.headers.has("Content-Encoding")) sink.restart(); // ranges count encoded bytes
    const message = `${path}: cut after ${received} of ${sentBytes} bytes`;
    throw new ScorerError("download-failed", message, { cause });
  }
  if (!sink.complete) throw wrongLength(sink.file, String(sink.filled));
}

/** Whether the body begins where we left off; a server may ignore Range and send the whole file. */
function continues(response: Response, received: number): boolean {
  if (response.status !== 206) return false;
  const range = response.headers.get("Content-Range");
  // Not readable across origins unless exposed: then the sha256 decides.
  return range === null || range.startsWith(`bytes ${received}-`);
}

function isMismatch(error: unknown): boolean {
  return error instanceof ScorerError && error.code === "integrity-mismatch";
}

function isTransient(error: unknown): boolean {
  return error instanceof ScorerError && error.code === "download-failed";
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    setTimeout(resolve, milliseconds);
  });
}
