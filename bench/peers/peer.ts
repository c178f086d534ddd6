import type { Pair } from "../../src/shared/contract";

export interface PeerOptions {
  /** URL of the model folder. */
  model: string;
  device: "wasm" | "webgpu";
  /** Theirs alone: ours chooses by the device. */
  dtype: "fp32" | "fp16" | "q8";
  /** Theirs alone: ours has two on two processors. */
  threads: number;
}

/** What the bench calls in both pages. */
export interface Peer {
  /** @returns WASM threads in use */
  load(options: PeerOptions): Promise<number>;
  /** @param batch pairs a run: theirs alone, ours plans its own */
  score(pairs: readonly Pair[], batch: number): Promise<number[]>;
}

declare global {
  interface Window {
    peer: Peer;
  }
}
