import type { LoadedModel, LoadOptions, LoadProgress, Pair, Reward, ScorerApi } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import { SerialQueue } from "../shared/serial-queue";
import { holdLock } from "./hold-lock";
import { loadModel } from "./load-model";
import type { Model } from "./model";

/** One model, one session, one queue. The page sees it as `ScorerApi`. */
export class Scorer implements ScorerApi {
  readonly #queue = new SerialQueue();
  /** Jobs not finished yet; a cancelled one is no longer in here. */
  readonly #jobs = new Set<number>();
  #model: Model | undefined;
  /** Aborted on release: the load under way ends. */
  #loading = new AbortController();

  hold(lock: string): Promise<void> {
    return holdLock(lock);
  }

  load(options: LoadOptions, onProgress?: (progress: LoadProgress) => void): Promise<LoadedModel> {
    return this.#queue.run(async () => {
      await this.#releaseModel();
      this.#loading = new AbortController();
      this.#model = await loadModel(options, onProgress, this.#loading.signal);
      return this.#model.loaded;
    });
  }

  async score(
    pairs: readonly Pair[],
    job: number,
    onProgress?: (scoredPairs: number) => void,
  ): Promise<Reward[]> {
    this.#jobs.add(job);
    const checkCancelled = () => {
      if (!this.#jobs.has(job)) throw new DOMException("scoring was cancelled", "AbortError");
    };
    try {
      return await this.#queue.run(() => {
        checkCancelled(); // while it waited for its turn
        if (!this.#model) throw new ScorerError("model-not-loaded", "score: call load() first");
        return this.#model.score(pairs, { checkCancelled, onProgress });
      });
    } finally {
      this.#jobs.delete(job);
    }
  }

  cancel(job: number): void {
    this.#jobs.delete(job);
  }

  /** What loads or scores stops as soon as it can: where there is no worker to end, nothing else would stop it. */
  release(): Promise<void> {
    this.#jobs.clear();
    this.#loading.abort();
    return this.#queue.run(() => this.#releaseModel());
  }

  async #releaseModel(): Promise<void> {
    const model = this.#model;
    this.#model = undefined;
    await model?.release();
  }
}
