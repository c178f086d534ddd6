import type { InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { timeBox } from "../shared/time-box";
import type { TokenBatch } from "./batch";
import { GpuWatch } from "./gpu-watch";
import { readLogits } from "./logits";
import { runError } from "./run-error";
import type { Ort } from "./runtime";
import type { Runner } from "./score-ids";

/**
 * Longest wait for a session, or for one run on the GPU, in milliseconds: both may never end when a driver
 * or a thread hangs. A software GPU takes 5 to 15 s for the shaders of a small model, and one that takes
 * minutes for a batch serves nobody. A run on the CPU holds the worker's thread: the page watches that.
 */
const ANSWER_MS = 120_000;

export interface SessionOptions {
  /** Being started. */
  runtime: Promise<Ort>;
  graph: Uint8Array<ArrayBuffer>;
  /** By the location that the graph names. */
  weights: { path: string; data: Uint8Array<ArrayBuffer> }[];
  /** Run on this device, else on the CPU. The session destroys it in the end. */
  gpuDevice: GPUDevice | undefined;
}

/** A model ready to run. After one failed run, or a lost GPU, every run rejects. */
export class Session implements Runner {
  readonly #ort: Ort;
  readonly #session: InferenceSession;
  readonly #gpu: GpuWatch | undefined;
  #failure: Error | undefined;
  /** Runs that have not ended, though their callers may have been told of a failure. */
  #underway = 0;

  private constructor(ort: Ort, session: InferenceSession, gpu: GpuWatch | undefined) {
    this.#ort = ort;
    this.#session = session;
    this.#gpu = gpu;
  }

  /** @throws ScorerError `out-of-memory`, or `run-failed` when the runtime refuses for any other reason */
  static async create(options: SessionOptions): Promise<Session> {
    const { gpuDevice } = options;
    const gpu = gpuDevice && new GpuWatch(gpuDevice);
    try {
      const ort = await timeBox(options.runtime, ANSWER_MS);
      const creation = ort.InferenceSession.create(options.graph, {
        executionProviders: [gpuDevice ? { name: "webgpu", device: gpuDevice } : "wasm"],
        externalData: options.weights,
        graphOptimizationLevel: "all",
        logSeverityLevel: 3, // else it warns that shapes are computed on the CPU
      });
      const answer = timeBox(creation, ANSWER_MS);
      const session = await (gpu ? gpu.race(answer) : answer);
      return new Session(ort, session, gpu);
    } catch (cause) {
      gpu?.destroy();
      throw runError("session", cause);
    }
  }

  /**
   * One reward per row.
   *
   * @throws ScorerError `run-failed`, `out-of-memory`
   */
  async run(batch: TokenBatch): Promise<number[]> {
    if (this.#failure) throw runError("an earlier run failed", this.#failure);
    try {
      const running = this.#run(batch).finally(() => this.#underway--);
      this.#underway++;
      return await (this.#gpu ? this.#gpu.race(timeBox(running, ANSWER_MS)) : running);
    } catch (cause) {
      const failure = runError("run", cause);
      this.#failure = new Error(failure.message, { cause: failure });
      throw failure;
    }
  }

  /** A run that is still under way would go on in memory given back: then only the GPU is let go. */
  async release(): Promise<void> {
    this.#failure ??= new Error("the session was released");
    if (this.#underway === 0) await this.#session.release();
    this.#gpu?.destroy();
  }

  async #run({ inputIds, attentionMask, dims }: TokenBatch): Promise<number[]> {
    const feeds = {
      input_ids: new this.#ort.Tensor("int64", inputIds, dims),
      attention_mask: new this.#ort.Tensor("int64", attentionMask, dims),
    };
    const { logits }: Record<string, Tensor> = await this.#session.run(feeds);
    return readLogits(logits, dims[0]);
  }
}
