/** The whole surface between page and worker. Types only: importing it pulls in no code. */
import type { Artifact, Graph, Manifest } from "./manifest";

/** What a person chooses. `auto` takes what works and is fast here, WebGPU while nothing was measured. */
export type Device = "auto" | "webgpu" | "wasm";
export type ExecutionProvider = "webgpu" | "wasm";

export interface LoadOptions {
  /** Absolute URL of a model folder, with or without the trailing slash. */
  model: string;
  /** @default "auto" */
  device?: Device;
  /**
   * In place of a worker that failed: score every golden at the load, the long ones too, and take the smallest
   * batches. @default false
   */
  careful?: boolean;
  /** Whether threads are of no use in this browser; a worker cannot tell an iPad from a Mac. @default false */
  oneThread?: boolean;
  /** Load the model that this describes, whatever the folder describes by now. @default the folder's own */
  manifest?: Manifest;
}

/** One backend that was tried, or passed over untried. */
export interface Attempt {
  executionProvider: ExecutionProvider;
  dtype: Artifact["dtype"] | undefined;
  attention: Graph["attention"] | undefined;
  /** WebGPU only: whether the GPUDevice was made with the `subgroups` feature. */
  subgroups: boolean;
  outcome: "chosen" | "disagreed" | "failed" | "unavailable";
  /** Why it was passed over, or how well it did: lower case, no full stop. */
  detail: string;
  /** Goldens scored on it. */
  checkedPairs: number;
  /** Largest difference from the artifact's own rewards, in reward units; undefined when nothing was scored. */
  maxError: number | undefined;
}

/** How fast a backend runs the model here. */
export interface BackendSpeed {
  executionProvider: ExecutionProvider;
  /** Milliseconds a pair: the model's short goldens in one batch, the second time. */
  msPerPair: number;
}

/** What actually loaded, after every fallback. */
export interface LoadedModel {
  manifest: Manifest;
  executionProvider: ExecutionProvider;
  dtype: Artifact["dtype"];
  /** WASM threads in use; 1 on WebGPU, in Firefox, on iOS, and unless the page is cross-origin isolated. */
  threads: number;
  /** The GPU in words, as the browser names it; undefined on WASM. */
  adapter: string | undefined;
  /** In the order tried; the last one is the chosen one. */
  attempts: readonly Attempt[];
  /**
   * What was measured on `auto`, at this load or an earlier one: each backend at most once. Empty where there is
   * no choice, or the GPU is software.
   */
  speeds: readonly BackendSpeed[];
  /** False when the browser refused to store the files: the next load downloads again. */
  cached: boolean;
}

export interface Pair {
  prompt: string;
  response: string;
}

/** The end of a text that the model did not read, the pair being longer than it takes. */
export interface Unread {
  tokens: number;
  /** Where reading stopped, an index into the text in UTF-16 code units. */
  from: number;
}

export interface Reward {
  /** What the model returned, alpha not applied: comparable only within one model. */
  reward: number;
  /** Tokens the model saw, after the pair template and truncation. */
  tokens: number;
  truncated: boolean;
  unread: { prompt: Unread | undefined; response: Unread | undefined };
}

export interface Score extends Reward {
  /** alpha × reward. */
  score: number;
}

/**
 * Bytes or counts, never percent. A count never falls and its total stays, except that a fallback to
 * another backend may need other files and then counts them from zero.
 */
export type LoadProgress =
  | { stage: "runtime" | "model"; loadedBytes: number; totalBytes: number }
  | { stage: "session"; executionProvider: ExecutionProvider }
  | { stage: "check"; checkedPairs: number; totalPairs: number };

export interface ScorerApi {
  /** Hold a Web Lock until the worker ends, so that the page learns of its end. Resolves once held. */
  hold(lock: string): Promise<void>;
  load(options: LoadOptions, onProgress?: (progress: LoadProgress) => void): Promise<LoadedModel>;
  /**
   * One reward per pair, same order.
   *
   * @param job names this call for `cancel`
   * @param onProgress the pairs scored so far, at most ten times a second: also a sign of life
   */
  score(pairs: readonly Pair[], job: number, onProgress?: (scoredPairs: number) => void): Promise<Reward[]>;
  /** The job rejects with an AbortError after a tenth of a second at most, or its batch under way. */
  cancel(job: number): void;
  release(): Promise<void>;
}
