import builtWorkerUrl from "../worker/index.ts?worker&url";

/** The engine's worker, as this page or library was built. */
const WORKER_URL = new URL(builtWorkerUrl, document.baseURI).href;

/** Where this library lies: its worker, ONNX Runtime and the demonstration model are beside it. */
export const LIBRARY_BASE = new URL("./", WORKER_URL).href;

/** The engine's worker in another copy of the library. */
export function workerUrl(base: string = LIBRARY_BASE): string {
  return new URL(WORKER_URL.slice(LIBRARY_BASE.length), base).href;
}
