import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Device, LoadProgress, Pair, Reward } from "../shared/contract";
import { isScorerError } from "../shared/errors";
import type { ModelChoice } from "./model-choice";
import type { createScorer, Scorer } from "./scorer";
import { REST, type Task, type View } from "./view";

/**
 * The page's one scorer, from choosing a model to releasing it. `view` says where it stands; the host is
 * redrawn when that changes.
 */
export class ScorerController implements ReactiveController {
  view: View = { phase: "starting" };
  readonly #host: ReactiveControllerHost;
  readonly #create: typeof createScorer;
  #scorer: Scorer | undefined;
  /** Aborted when the model, loading or loaded, is given up. */
  #life = new AbortController();
  /** Aborts the scoring under way. */
  #run = new AbortController();

  constructor(host: ReactiveControllerHost, create: typeof createScorer) {
    this.#host = host;
    this.#create = create;
    host.addController(this);
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!(this.#host as Partial<Node>).isConnected) this.#end();
    });
  }

  /** Nothing is known yet, as at first. */
  start(): void {
    this.#end();
    this.#show({ phase: "starting" });
  }

  /** A model of another site waits until the person agrees. */
  ask(choice: ModelChoice): void {
    this.#end();
    this.#show({ phase: "confirming", choice });
  }

  fail(error: unknown): void {
    this.#end();
    this.#show({ phase: "failed", choice: undefined, error });
  }

  /** Release the old model and load another. @returns whether it is ready */
  async load(choice: ModelChoice, device: Device): Promise<boolean> {
    this.#end();
    const { signal } = this.#life;
    this.#show({ phase: "loading", choice, progress: undefined });
    const onProgress = (progress: LoadProgress) => {
      if (!signal.aborted) this.#progress(progress);
    };
    try {
      const scorer = await this.#create({ model: choice.url, device, signal, onProgress });
      if (signal.aborted) {
        void scorer.release();
        return false;
      }
      this.#scorer = scorer;
      this.#show({ phase: "ready", choice, model: scorer.model, task: REST });
      return true;
    } catch (error) {
      if (!signal.aborted) this.#show({ phase: "failed", choice, error });
      return false;
    }
  }

  cancelLoad(): void {
    if (this.view.phase !== "loading") return;
    const { choice } = this.view;
    this.#end();
    this.#show({ phase: "idle", choice });
  }

  /** @returns undefined when cancelled or failed, which the view then says */
  async score(pairs: readonly Pair[]): Promise<Reward[] | undefined> {
    const scorer = this.#scorer;
    if (!scorer) return undefined;
    const run = new AbortController();
    this.#run = run;
    const totalPairs = pairs.length;
    this.#task({ kind: "scoring", scoredPairs: 0, totalPairs, reload: undefined });
    try {
      const rewards = await scorer.score(pairs, {
        signal: run.signal,
        onProgress: (scoredPairs) => {
          if (run.signal.aborted) return;
          this.#task({ kind: "scoring", scoredPairs, totalPairs, reload: undefined });
        },
      });
      if (run.signal.aborted) return undefined;
      this.#task(REST);
      return rewards;
    } catch (error) {
      if (!run.signal.aborted) this.#scoringFailed(error);
      return undefined;
    }
  }

  /** The model stays loaded. */
  cancelScore(): void {
    if (this.view.phase !== "ready") return;
    this.#run.abort();
    this.#task(REST);
  }

  /** The scorer has already tried again in a fresh worker: a model that is gone by now stays gone. */
  #scoringFailed(error: unknown): void {
    const gone = isScorerError(error) && error.code !== "run-failed";
    if (gone && this.view.phase === "ready") {
      const { choice } = this.view;
      this.#end();
      this.#show({ phase: "failed", choice, error });
    } else {
      this.#task({ kind: "failed", error });
    }
  }

  #progress(progress: LoadProgress): void {
    const { view } = this;
    if (view.phase === "loading") this.#show({ ...view, progress });
    if (view.phase === "ready" && view.task.kind === "scoring")
      this.#task({ ...view.task, reload: progress });
  }

  #task(task: Task): void {
    if (this.view.phase !== "ready" || !this.#scorer) return;
    this.#show({ ...this.view, model: this.#scorer.model, task });
  }

  #show(view: View): void {
    this.view = view;
    this.#host.requestUpdate();
  }

  /** Stop whatever runs and free the model. */
  #end(): void {
    this.#run.abort();
    this.#life.abort();
    this.#life = new AbortController();
    void this.#scorer?.release();
    this.#scorer = undefined;
  }
}
