import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { LoadedModel, LoadProgress, Pair, Reward } from "../shared/contract";
import { isScorerError } from "../shared/errors";
import type { EngineOptions, EnginePool, Lease } from "./engine-pool";
import { pageEngines } from "./page-engines";

/** Where an element stands with its model and its texts. */
export type ElementView =
  | { phase: "idle" }
  | { phase: "loading"; progress: LoadProgress | undefined }
  | { phase: "scoring" }
  | { phase: "scored"; pairs: readonly Pair[]; rewards: readonly Reward[]; model: LoadedModel }
  | { phase: "failed"; error: unknown };

/**
 * Leases the model that an element names and has its pairs scored. What comes too late, for texts or a
 * model that the element no longer has, is dropped.
 */
export class ElementScores implements ReactiveController {
  view: ElementView = { phase: "idle" };
  readonly #host: ReactiveControllerHost & Node;
  readonly #onLoaded: () => void;
  #unlisten: (() => void) | undefined;
  #lease: { model: string; pool: EnginePool; lease: Lease } | undefined;
  /** Aborted when other texts or another model take over. */
  #turn = new AbortController();

  /** @param onLoaded told when a model, any, has loaded on the page while the element has none, or failed */
  constructor(host: ReactiveControllerHost & Node, onLoaded: () => void) {
    this.#host = host;
    this.#onLoaded = onLoaded;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unlisten = pageEngines().onLoaded(() => {
      if (this.#isWaiting()) this.#onLoaded();
    });
  }

  /** A moved element is connected again by then. */
  hostDisconnected(): void {
    this.#unlisten?.();
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.stop();
    });
  }

  /** Whether scoring downloads nothing, the model being there already. */
  isLoaded(options: EngineOptions): boolean {
    return pageEngines().has(options);
  }

  async score(options: EngineOptions, pairs: readonly Pair[]): Promise<void> {
    this.#turn.abort();
    this.#turn = new AbortController();
    const { signal } = this.#turn;
    const show = (view: ElementView) => {
      if (!signal.aborted) this.#show(view);
    };
    try {
      const there = this.isLoaded(options);
      const lease = this.#take(options);
      show(there ? { phase: "scoring" } : { phase: "loading", progress: lease.progress });
      const loaded = await lease.scorer;
      signal.throwIfAborted();
      show({ phase: "scoring" });
      const rewards = await lease.score(pairs, signal);
      show({ phase: "scored", pairs, rewards, model: loaded.model });
    } catch (error) {
      show({ phase: "failed", error });
    }
  }

  /** The rewards are there, but of no use. */
  fail(error: unknown): void {
    this.#show({ phase: "failed", error });
  }

  /** Give the model back and forget the scores. */
  stop(): void {
    this.#turn.abort();
    this.#lease?.lease.end();
    this.#lease = undefined;
    this.#show({ phase: "idle" });
  }

  #show(view: ElementView): void {
    this.view = view;
    this.#host.requestUpdate();
  }

  /** Whether a model that loads may help; what cannot be asked stays a failure. */
  #isWaiting(): boolean {
    const { view } = this;
    return view.phase === "idle" || (view.phase === "failed" && isScorerError(view.error));
  }

  /** A model that failed to load, or went with its keeper, is leased anew. */
  #take(options: EngineOptions): Lease {
    const model = JSON.stringify(options);
    const pool = pageEngines();
    const before = this.#lease;
    const isThere = before?.model === model && before.pool === pool;
    if (isThere && this.view.phase !== "failed") return before.lease;
    const onProgress = (progress: LoadProgress) => {
      const { phase } = this.view; // a worker that ended while it scored is replaced, and loads too
      if (phase === "loading" || phase === "scoring") this.#show({ phase: "loading", progress });
    };
    const lease = pool.lease(options, onProgress);
    before?.lease.end();
    this.#lease = { model, pool, lease };
    return lease;
  }
}
