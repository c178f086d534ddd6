import type { LoadProgress } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import type { Artifact, Manifest } from "../shared/manifest";
import { artifactFiles } from "./artifact-files";
import { getModelFiles, type ModelFiles } from "./model-files";
import { type Ort, prefetchScripts, runtimeUrl, startRuntime } from "./runtime";
import { RUNTIME_FILES, type RuntimeBuild } from "./runtime-files";

/**
 * So much of the runtime goes before the weights on the line: it starts while they come. The rest is time for
 * the server to hear of the weights.
 */
const RUNTIME_SHARE = 0.9;

/** What the runtime's files come to, compressed: set by the build, and undefined where the sources are served. */
declare const __RUNTIME_BYTES__: Record<RuntimeBuild, number> | undefined;

/** A build of ONNX Runtime on its way. */
export interface ComingRuntime {
  /** Resolves when most of its file is there, or it cannot be had. */
  nearlyThere: Promise<void>;
  /** Resolves when its file is there, and being started. */
  there: Promise<{ ort: Promise<Ort> }>;
}

/** The files of one load: several candidates may share an artifact or a runtime, and each is fetched once. */
export class LoadedFiles {
  readonly #folder: string;
  readonly #manifest: Manifest;
  readonly #report: (progress: LoadProgress) => void;
  readonly #runtimes = new Map<RuntimeBuild, ComingRuntime>();
  readonly #cached: Promise<boolean>[] = [];
  #artifact: { of: Artifact; files: ModelFiles } | undefined;

  constructor(folder: string, manifest: Manifest, report: (progress: LoadProgress) => void) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.#report = report;
  }

  /** Whether every file fetched so far will be there for the next load. */
  async cached(): Promise<boolean> {
    return (await Promise.all(this.#cached)).every((cached) => cached);
  }

  /**
   * The tokenizer's files, every graph and all weights of an artifact. The one before is let go.
   *
   * @param beforeWeights what goes before the weights on the line
   */
  artifact(artifact: Artifact, beforeWeights: Promise<void>): ModelFiles {
    if (this.#artifact?.of !== artifact) {
      const files = getModelFiles(this.#folder, artifactFiles(this.#manifest, artifact), {
        before: (entry) => (artifact.weights.includes(entry) ? beforeWeights : undefined),
        onProgress: (loadedBytes, totalBytes) => this.#report({ stage: "model", loadedBytes, totalBytes }),
      });
      this.#cached.push(files.cached);
      this.#artifact = { of: artifact, files };
    }
    return this.#artifact.files;
  }

  /** A build of ONNX Runtime, started as soon as it is there. */
  runtime(build: RuntimeBuild, threads: number): ComingRuntime {
    const known = this.#runtimes.get(build);
    if (known) return known;
    prefetchScripts(build);
    const nearly = Promise.withResolvers<void>();
    const start = async () => {
      const ort = startRuntime(build, await this.#fetchRuntime(build, nearly.resolve), threads);
      ort.catch(() => undefined); // told where a session is made
      return { ort };
    };
    const there = start();
    there.catch(() => undefined).then(() => nearly.resolve());
    const coming = { nearlyThere: nearly.promise, there };
    this.#runtimes.set(build, coming);
    return coming;
  }

  async #fetchRuntime(build: RuntimeBuild, onNearly: () => void): Promise<Uint8Array<ArrayBuffer>> {
    const url = new URL(runtimeUrl(build));
    const path = url.pathname.split("/").at(-1)!;
    const served = { ...RUNTIME_FILES[build], path, compressedBytes: __RUNTIME_BYTES__?.[build] };
    const { all, get, cached } = getModelFiles(new URL(".", url).href, [served], {
      onProgress: (loadedBytes, totalBytes) => {
        if (loadedBytes >= RUNTIME_SHARE * totalBytes) onNearly();
        this.#report({ stage: "runtime", loadedBytes, totalBytes });
      },
    });
    this.#cached.push(cached);
    try {
      await all;
      return await get(path);
    } catch (cause) {
      if (!(cause instanceof ScorerError) || cause.code !== "model-not-found") throw cause;
      throw new ScorerError("download-failed", cause.message, { cause }); // the page's own file
    }
  }
}
