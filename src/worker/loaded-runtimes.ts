import type { LoadProgress } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import { type FileAccess, getModelFiles } from "./model-files";
import { type Ort, prefetchScripts, runtimeUrl, startRuntime } from "./runtime";
import { RUNTIME_FILES, type RuntimeBuild } from "./runtime-files";

/** What the runtime's files come to, compressed: set by the build, and undefined where the sources are served. */
declare const __RUNTIME_BYTES__: Record<RuntimeBuild, number> | undefined;

/**
 * So much of the runtime goes before the weights on the line: it starts while they come. The rest is time for
 * the server to hear of the weights.
 */
const SHARE_BEFORE_WEIGHTS = 0.9;

/** A build of ONNX Runtime on its way. */
export interface ComingRuntime {
  /** Resolves when most of its file is there, or it cannot be had. */
  nearlyThere: Promise<void>;
  /** Resolves when its file is there, and being started. */
  there: Promise<{ ort: Promise<Ort> }>;
}

/** The builds of ONNX Runtime of one load, each fetched and started once. */
export class LoadedRuntimes {
  readonly #access: FileAccess;
  readonly #report: (progress: LoadProgress) => void;
  readonly #runtimes = new Map<RuntimeBuild, ComingRuntime>();
  readonly #cached: Promise<boolean>[] = [];

  constructor(access: FileAccess, report: (progress: LoadProgress) => void) {
    this.#access = access;
    this.#report = report;
  }

  /** Whether every file fetched so far will be there for the next load. */
  async cached(): Promise<boolean> {
    return (await Promise.all(this.#cached)).every((cached) => cached);
  }

  get(build: RuntimeBuild, threads: number): ComingRuntime {
    const known = this.#runtimes.get(build);
    if (known) return known;
    prefetchScripts(build);
    const nearly = Promise.withResolvers<void>();
    const start = async () => {
      const { wasm, cached } = await this.#fetch(build, nearly.resolve);
      const ort = startRuntime(build, wasm, threads);
      ort.catch(() => undefined); // told where a session is made
      // ONNX Runtime holds it for good, and compiled it once: that is 14 to 27 MB.
      void Promise.allSettled([ort, cached]).then(() =>
        structuredClone(wasm.buffer, { transfer: [wasm.buffer] }),
      );
      return { ort };
    };
    const there = start();
    there.catch(() => undefined).then(() => nearly.resolve());
    const coming = { nearlyThere: nearly.promise, there };
    this.#runtimes.set(build, coming);
    return coming;
  }

  async #fetch(build: RuntimeBuild, onNearly: () => void) {
    const url = new URL(runtimeUrl(build));
    const path = url.pathname.split("/").at(-1)!;
    const served = { ...RUNTIME_FILES[build], path, compressedBytes: __RUNTIME_BYTES__?.[build] };
    const { all, cached } = getModelFiles(new URL(".", url).href, [served], {
      ...this.#access,
      onProgress: (loadedBytes, totalBytes) => {
        if (loadedBytes >= SHARE_BEFORE_WEIGHTS * totalBytes) onNearly();
        this.#report({ stage: "runtime", loadedBytes, totalBytes });
      },
    });
    this.#cached.push(cached);
    try {
      return { wasm: (await all).get(path)!, cached };
    } catch (cause) {
      if (!(cause instanceof ScorerError) || cause.code !== "model-not-found") throw cause;
      throw new ScorerError("download-failed", cause.message, { cause }); // the page's own file
    }
  }
}
