import type { LoadProgress } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import type { Artifact, FileEntry, Manifest } from "../shared/manifest";
import { artifactFiles } from "./artifact-files";
import { getModelFiles, type ModelFiles } from "./model-files";
import { RUNTIME_FILES, type RuntimeBuild } from "./runtime-files";
import { runtimeUrl } from "./session";

/** The files of one load: several candidates may share an artifact, and it is fetched once. */
export class LoadedFiles {
  readonly #folder: string;
  readonly #manifest: Manifest;
  readonly #report: (progress: LoadProgress) => void;
  readonly #runtimes = new Map<RuntimeBuild, Promise<Uint8Array<ArrayBuffer>>>();
  #cached = true;
  #artifact: { of: Artifact; files: Promise<ModelFiles> } | undefined;

  constructor(folder: string, manifest: Manifest, report: (progress: LoadProgress) => void) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.#report = report;
  }

  /** Whether every file fetched so far will be there for the next load. */
  get cached(): boolean {
    return this.#cached;
  }

  /** The tokenizer's files, every graph and all weights of an artifact. The one before is let go. */
  artifact(artifact: Artifact): Promise<ModelFiles> {
    if (this.#artifact?.of !== artifact) {
      const entries = artifactFiles(this.#manifest, artifact);
      const onProgress = (loadedBytes: number, totalBytes: number) =>
        this.#report({ stage: "model", loadedBytes, totalBytes });
      this.#artifact = { of: artifact, files: this.#get(this.#folder, entries, onProgress) };
    }
    return this.#artifact.files;
  }

  runtime(build: RuntimeBuild): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#runtimes.get(build);
    if (known) return known;
    const binary = this.#fetchRuntime(build);
    this.#runtimes.set(build, binary);
    return binary;
  }

  async #fetchRuntime(build: RuntimeBuild): Promise<Uint8Array<ArrayBuffer>> {
    const url = new URL(runtimeUrl(build));
    const path = url.pathname.split("/").at(-1)!;
    const onProgress = (loadedBytes: number, totalBytes: number) =>
      this.#report({ stage: "runtime", loadedBytes, totalBytes });
    const entry = { ...RUNTIME_FILES[build], path };
    try {
      const { files } = await this.#get(new URL(".", url).href, [entry], onProgress);
      return files.get(path)!;
    } catch (cause) {
      if (!(cause instanceof ScorerError) || cause.code !== "model-not-found") throw cause;
      throw new ScorerError("download-failed", cause.message, { cause }); // the page's own file
    }
  }

  async #get(
    folder: string,
    entries: readonly FileEntry[],
    onProgress: (loadedBytes: number, totalBytes: number) => void,
  ): Promise<ModelFiles> {
    const got = await getModelFiles(folder, entries, { onProgress });
    this.#cached &&= got.cached;
    return got;
  }
}
