import { proxy, type Remote, wrap } from "comlink";
import type { LoadedModel, LoadOptions, LoadProgress, Pair, Reward, ScorerApi } from "../shared/contract";
import { registerErrorTransfer } from "../shared/error-transfer";
import { ScorerError } from "../shared/errors";

registerErrorTransfer();

/** Numbers the scoring jobs of this page, so that one of them can be cancelled. */
let lastJob = 0;

/**
 * One worker with one model, and every way it can end.
 *
 * Comlink leaves a call pending for ever when the worker dies (comlink#601), so each call is raced with
 * the end of the worker.
 */
export class ScorerWorker {
  readonly #worker = new Worker(new URL("../worker/index.ts", import.meta.url), {
    type: "module",
    name: "reward-scorer",
  });
  readonly #api: Remote<ScorerApi> = wrap<ScorerApi>(this.#worker);
  readonly #watch = new AbortController();
  readonly #end = Promise.withResolvers<never>();

  constructor() {
    this.#end.promise.catch(() => undefined); // surfaces through whichever call is waiting
    this.#worker.addEventListener("error", (event) => this.#crash(event.message || "failed to start"));
    this.#worker.addEventListener("messageerror", () => this.#crash("a message could not be read"));
  }

  /** Aborting ends the worker: nothing is lost yet. */
  async load(
    options: LoadOptions,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LoadedModel> {
    const abort = () => this.terminate(signal?.reason);
    signal?.addEventListener("abort", abort);
    try {
      signal?.throwIfAborted();
      await this.#settle(this.#attend());
      return await this.#settle(this.#api.load(options, onProgress && proxy(onProgress)));
    } catch (error) {
      this.terminate(error);
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Aborting stops before the next batch; the session stays warm. */
  async score(
    pairs: readonly Pair[],
    signal?: AbortSignal,
    onProgress?: (scoredPairs: number) => void,
  ): Promise<Reward[]> {
    signal?.throwIfAborted();
    const job = ++lastJob;
    const aborted = Promise.withResolvers<never>();
    const abort = () => {
      this.#api.cancel(job);
      aborted.reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort);
    const call = this.#api.score(pairs, job, onProgress && proxy(onProgress));
    try {
      return await this.#settle(Promise.race([call, aborted.promise]));
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** End the worker at once. Calls still waiting reject with the reason. */
  terminate(reason: unknown): void {
    this.#worker.terminate();
    this.#watch.abort();
    this.#end.reject(reason);
  }

  #settle<T>(call: Promise<T>): Promise<T> {
    return Promise.race([call, this.#end.promise]);
  }

  #crash(detail: string): void {
    this.terminate(new ScorerError("worker-crashed", `scorer worker: ${detail}`));
  }

  /**
   * A worker that runs out of memory may die without an error event. It holds a lock for as long as it
   * lives: when the lock comes to us, the worker is gone.
   */
  async #attend(): Promise<void> {
    const { locks } = navigator;
    if (!locks) return; // insecure context: the error event has to do
    const lock = `reward-scorer-${Date.now()}-${Math.random()}`;
    await this.#api.hold(lock);
    locks
      .request(lock, { signal: this.#watch.signal }, () => this.#crash("ended without an error event"))
      .catch(() => undefined); // aborted: we ended the worker ourselves
  }
}
