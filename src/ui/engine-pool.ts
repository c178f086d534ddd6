import type { LoadedModel, LoadProgress, Pair, Reward } from "../shared/contract";
import { isScorerError } from "../shared/errors";
import { nextTask } from "../shared/next-task";
import { isRunFailure } from "./run-failure";
import { type CreateScorerOptions, createScorer, type Scorer } from "./scorer";
import { SharedRuns } from "./shared-runs";

/**
 * How long a model stays loaded after the last element let it go, in milliseconds: hosts draw their records
 * anew one after the other, and a model takes seconds to load.
 */
const LINGER_MS = 30_000;

/** Least time between two words of a stage, in milliseconds: hundreds of elements may draw each of them. */
const PROGRESS_MS = 100;

/** What model, and on what. */
export type EngineOptions = Required<Pick<CreateScorerOptions, "model" | "device" | "base">>;

/** A share in a loaded model. */
export interface Lease {
  scorer: Promise<Scorer>;
  /** Where its load stands; undefined before the first word of it, and after the last. */
  readonly progress: LoadProgress | undefined;
  /** As of {@link SharedRuns}: with those of the others. */
  score(pairs: readonly Pair[], signal: AbortSignal): Promise<Reward[]>;
  /** Give it back. A load that nobody waits for any more is ended. */
  end(): void;
}

/** One model that loads or is loaded, and who uses it. */
interface Engine {
  scorer: Promise<Scorer>;
  runs: SharedRuns;
  listeners: Set<(progress: LoadProgress) => void>;
  /** Where its load stands; undefined before the first word of it. */
  last: LoadProgress | undefined;
  /** What is loaded; undefined while it loads. */
  model: LoadedModel | undefined;
  stop: AbortController;
  leases: number;
  /** Runs out when nobody has come back. */
  linger: ReturnType<typeof setTimeout> | undefined;
}

/** The models of a page, each loaded once for any number of elements. */
export class EnginePool {
  readonly #engines = new Map<string, Engine>();
  readonly #loadListeners = new Set<() => void>();

  /** Whether the model is there: leasing it downloads nothing. */
  has(options: EngineOptions): boolean {
    return this.#engines.get(keyOf(options))?.model !== undefined;
  }

  /**
   * @param listener told whenever a model has loaded, whichever, or scores again in another worker
   * @returns what ends that
   */
  onLoaded(listener: () => void): () => void {
    this.#loadListeners.add(listener);
    return () => void this.#loadListeners.delete(listener);
  }

  /** @param onProgress is told where a load under way stands from now on */
  lease(options: EngineOptions, onProgress: (progress: LoadProgress) => void): Lease {
    const key = keyOf(options);
    const engine = this.#engines.get(key) ?? this.#start(key, options);
    engine.leases++;
    clearTimeout(engine.linger);
    engine.listeners.add(onProgress);
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      engine.leases--;
      engine.listeners.delete(onProgress);
      if (engine.leases === 0) this.#leave(key, engine);
    };
    const score: Lease["score"] = async (pairs, signal) => {
      try {
        const rewards = await engine.runs.score(pairs, signal);
        this.#update(engine, await engine.scorer);
        return rewards;
      } catch (error) {
        // Its worker is gone and not to be had again: whoever asks next loads what is in the folder by then.
        if (isScorerError(error) && !isRunFailure(error)) this.#forget(key, engine);
        throw error;
      }
    };
    return {
      scorer: engine.scorer,
      get progress() {
        return engine.model ? undefined : engine.last;
      },
      score,
      end,
    };
  }

  #start(key: string, options: EngineOptions): Engine {
    const stop = new AbortController();
    const listeners = new Set<(progress: LoadProgress) => void>();
    let toldAt = 0;
    const onProgress = (progress: LoadProgress) => {
      const soon = progress.stage === engine.last?.stage && performance.now() - toldAt < PROGRESS_MS;
      engine.last = progress;
      if (soon) return;
      toldAt = performance.now();
      for (const listener of listeners) listener(progress);
    };
    const scorer = createScorer({ ...options, signal: stop.signal, onProgress });
    const engine: Engine = {
      scorer,
      runs: new SharedRuns(scorer),
      listeners,
      last: undefined,
      model: undefined,
      stop,
      leases: 0,
      linger: undefined,
    };
    this.#engines.set(key, engine);
    scorer.then(
      (scorer) => this.#update(engine, scorer),
      () => this.#forget(key, engine), // a failure is not kept: whoever asks next tries again
    );
    return engine;
  }

  /** A worker that was replaced counts once it has scored: were its load enough, two texts that end it would take turns. */
  #update(engine: Engine, { model }: Scorer): void {
    if (engine.model === model) return;
    engine.model = model;
    void this.#tellLoaded();
  }

  /** One after the other, so that whoever asked for the model has its score before hundreds begin to draw. */
  async #tellLoaded(): Promise<void> {
    for (const listener of [...this.#loadListeners]) {
      await nextTask();
      try {
        if (this.#loadListeners.has(listener)) listener();
      } catch (error) {
        reportError(error); // of a frame that is gone: the others are told all the same
      }
    }
  }

  /** A load ends at once; a loaded model waits for the next element. */
  #leave(key: string, engine: Engine): void {
    if (!engine.model) {
      this.#forget(key, engine);
      engine.stop.abort(new DOMException("nobody waits for the model any more", "AbortError"));
      return;
    }
    engine.linger = setTimeout(() => {
      this.#forget(key, engine);
      engine.scorer.then((scorer) => scorer.release()).catch(() => undefined);
    }, LINGER_MS);
  }

  #forget(key: string, engine: Engine): void {
    if (this.#engines.get(key) === engine) this.#engines.delete(key);
  }
}

function keyOf({ model, device, base }: EngineOptions): string {
  return JSON.stringify([model, device, base]);
}
