import type { Pair } from "../../src/shared/contract";

export interface PeerOptions {
  /** URL of the model folder. */
  model: string;
  device: "wasm" | "webgpu";
  /** Theirs alone: ours chooses by the device. */
  dtype: "fp32" | "fp16" | "q8";
  /** Theirs alone: ours takes what the machine has, two on two processors. */
  threads: number;
}

/** What runs. */
export interface PeerModel {
  /** WASM threads in use. */
  threads: number;
  dtype: string;
}

/** One engine, ours or theirs, in a worker of its own. */
export interface Peer {
  load(options: PeerOptions): Promise<PeerModel>;
  /** @param batch pairs a run: theirs alone, ours plans its own */
  score(pairs: readonly Pair[], batch: number): Promise<number[]>;
  /** Give everything back, the worker too. */
  release(): Promise<void>;
}

/** A peer as the page holds it that started its worker. */
export interface PeerHandle extends Peer {
  /** End the worker at once, in a load or a run too, whose promise may then stay pending. */
  end(): void;
}

declare global {
  interface Window {
    peer: Peer;
  }
}
