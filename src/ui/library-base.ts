import builtWorkerUrl from "../worker/index.ts?worker&url";

/** Where this library lies: its worker, ONNX Runtime and the demonstration model are beside it. */
export function libraryBase(): string {
  return new URL("./", ownWorkerUrl()).href;
}

/** The engine's worker, in another copy of the library where `base` is one. */
export function workerUrl(base: string = libraryBase()): string {
  // Bundlers give this copy's worker a name of their own; in the library as it was built it has this one.
  return base === libraryBase() ? ownWorkerUrl() : new URL("scorer-worker.js", base).href;
}

/** The engine's worker, as this page or library was built. On a server there is no document to ask. */
function ownWorkerUrl(): string {
  return new URL(builtWorkerUrl, document.baseURI).href;
}
