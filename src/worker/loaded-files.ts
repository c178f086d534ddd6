import type { LoadProgress } from "../shared/contract";
import type { Artifact, Manifest } from "../shared/manifest";
import { artifactFiles } from "./artifact-files";
import { type FileAccess, getModelFiles, type ModelFiles } from "./model-files";

/** The model's files of one load: several candidates may share an artifact, and it is fetched once. */
export class LoadedFiles {
  readonly #folder: string;
  readonly #manifest: Manifest;
  readonly #access: FileAccess;
  readonly #report: (progress: LoadProgress) => void;
  readonly #cached: Promise<boolean>[] = [];
  #artifact: { of: Artifact; files: ModelFiles } | undefined;

  constructor(
    folder: string,
    manifest: Manifest,
    access: FileAccess,
    report: (progress: LoadProgress) => void,
  ) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.#access = access;
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
        ...this.#access,
        before: (entry) => (artifact.weights.includes(entry) ? beforeWeights : undefined),
        onProgress: (loadedBytes, totalBytes) => this.#report({ stage: "model", loadedBytes, totalBytes }),
      });
      this.#cached.push(files.cached);
      this.#artifact = { of: artifact, files };
    }
    return this.#artifact.files;
  }
}
