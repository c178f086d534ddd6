import { proxy, type Remote, wrap } from "comlink";
import type { LoadedModel, LoadOptions, LoadProgress, Pair, Reward, ScorerApi } from "../shared/contract";
import { Ending } from "../shared/ending";
import { registerErrorTransfer } from "../shared/error-transfer";
import { isError, ScorerError } from "../shared/errors";
import { Silence } from "./silence";
import { type Engine, startEngine } from "./start-engine";

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
  readonly #script: string;
  #engine: Engine | undefined;
  #api: Remote<ScorerApi> | undefined;
  readonly #watch = new AbortController();
  readonly #ending = new Ending();
  readonly #silence = new Silence((limitMs) => this.#crash(`silent for ${limitMs / 1000} s`));

  /** @param script the engine's, absolute */
  constructor(script: string) {
    this.#script = script;
  }

  /** Aborting ends the worker: nothing is lost yet. */
  async load(
    options: LoadOptions,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LoadedModel> {
    const abort = () => this.terminate(signal?.reason);
    signal?.addEventListener("abort", abort);
    const hearing = this.#hear(onProgress);
    try {
      signal?.throwIfAborted();
      const api = await this.#settle(this.#start());
      await this.#settle(this.#attend(api));
      return await this.#settle(api.load(options, hearing.listener));
    } catch (error) {
      this.terminate(error);
      throw error;
    } finally {
      hearing.end();
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Aborting stops within a tenth of a second, or after the batch under way; the session stays warm. */
  async score(
    pairs: readonly Pair[],
    signal?: AbortSignal,
    onProgress?: (scoredPairs: number) => void,
  ): Promise<Reward[]> {
    signal?.throwIfAborted();
    const api = this.#api!; // loaded
    const job = ++lastJob;
    const aborted = Promise.withResolvers<never>();
    const abort = () => {
      void api.cancel(job);
      this.#silence.expect();
      aborted.reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort);
    const hearing = this.#hear(onProgress);
    const call = this.#settle(api.score(pairs, job, hearing.listener));
    try {
      return await Promise.race([call, aborted.promise]);
    } finally {
      hearing.end();
      signal?.removeEventListener("abort", abort);
    }
  }

  /** End the worker at once. Calls still waiting reject with the reason. */
  terminate(reason: unknown): void {
    this.#engine?.terminate();
    this.#watch.abort();
    this.#silence.stop();
    this.#ending.end(reason);
  }

  async #start(): Promise<Remote<ScorerApi>> {
    this.#engine = await startEngine(this.#script, this.#watch.signal);
    if (this.#watch.signal.aborted) this.#engine.terminate(); // its end was asked for meanwhile
    this.#engine.onEnd((detail) => this.#crash(detail));
    this.#api = wrap<ScorerApi>(this.#engine.endpoint);
    return this.#api;
  }

  async #settle<T>(call: Promise<T>): Promise<T> {
    try {
      return await this.#ending.race(this.#silence.during(call));
    } catch (error) {
      if (!isError(error) || error.name !== "DataCloneError") throw error;
      throw new TypeError(`scorer worker: ${error.message}`, { cause: error });
    }
  }

  /**
   * The worker calls the listener in any case: it is also how the page hears that the worker is alive. It
   * has a port of its own, so what it tells may arrive after the outcome: nobody is told any more then.
   */
  #hear<T>(onProgress: ((progress: T) => void) | undefined) {
    let over = false;
    const listener = proxy((progress: T) => {
      this.#silence.heard();
      if (!over) onProgress?.(progress);
    });
    const end = () => {
      over = true;
    };
    return { listener, end };
  }

  #crash(detail: string): void {
    this.terminate(new ScorerError("worker-crashed", `scorer worker: ${detail}`));
  }

  /**
   * A worker that runs out of memory may die without an error event. It holds a lock for as long as it
   * lives: when the lock comes to us, the worker is gone.
   */
  async #attend(api: Remote<ScorerApi>): Promise<void> {
    const { locks } = navigator;
    if (!locks) return; // insecure context: the error event has to do, and the silence
    const lock = `reward-scorer-${Date.now()}-${Math.random()}`;
    try {
      await api.hold(lock);
    } catch {
      return; // the browser refuses locks here
    }
    locks
      .request(lock, { signal: this.#watch.signal }, () => this.#crash("ended without an error event"))
      .catch(() => undefined); // aborted: we ended the worker ourselves
  }
}
