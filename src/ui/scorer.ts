import type { Device, LoadedModel, LoadOptions, LoadProgress, Pair, Reward, Score } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import { scoreOf } from "../shared/score";
import { SerialQueue } from "../shared/serial-queue";
import { deviceOf } from "./devices";
import { workerUrl } from "./library-base";
import { needsOneThread } from "./one-thread";
import { plainPair } from "./plain-pair";
import { isRunFailure } from "./run-failure";
import { ScorerWorker } from "./scorer-worker";

export interface CreateScorerOptions extends Omit<LoadOptions, "careful" | "oneThread" | "manifest"> {
  /** Also called when a failed worker is replaced and the model loads again. */
  onProgress?: (progress: LoadProgress) => void;
  /** Aborting ends the load and its worker. */
  signal?: AbortSignal;
  /** Where the worker and ONNX Runtime lie, an absolute URL with a trailing slash. @default beside this script */
  base?: string;
}

export interface ScoreOptions {
  /** score = alpha × reward. @default the model's own */
  alpha?: number;
  /** The call rejects at once; the worker goes on for a tenth of a second at most, or its batch under way. */
  signal?: AbortSignal;
  /** A few times a second, and when all are scored. */
  onProgress?: (scoredPairs: number, totalPairs: number) => void;
}

/**
 * Load a reward model in a worker of its own.
 *
 * @param options `model` may be relative to the document
 * @throws the signal's reason when aborted
 * @throws TypeError — `model` or `base` is no address, or `device` none of the three
 * @throws ScorerError `model-not-found`, `download-failed`, `integrity-mismatch`, `malformed-model`,
 * `out-of-memory`, `no-execution-provider`, `worker-crashed`
 */
export async function createScorer(options: CreateScorerOptions): Promise<Scorer> {
  const model = new URL(options.model, document.baseURI).href;
  const device = deviceOf(options.device ?? "auto");
  const worker = new ScorerWorker(workerUrl(options.base));
  const load: CreateScorerOptions = { ...options, model };
  return new Scorer(load, worker, await start(worker, load, device, options.signal));
}

/** A loaded model. Its worker is replaced, once a call, when a run fails. */
export class Scorer {
  readonly #options: CreateScorerOptions;
  #device: Device;
  #worker: ScorerWorker;
  #model: LoadedModel;
  /** A run of it failed, and it was not replaced yet. */
  #isBroken = false;
  #replacing: Promise<void> | undefined;
  /** Of calls that failed together one may be what ends the worker: they are tried again one by one. */
  readonly #retries = new SerialQueue();
  /** Aborted on release, with the reason. */
  readonly #life = new AbortController();

  /** Use {@link createScorer}. */
  constructor(options: CreateScorerOptions, worker: ScorerWorker, model: LoadedModel) {
    this.#options = options;
    this.#device = options.device ?? "auto";
    this.#worker = worker;
    this.#model = model;
  }

  /** What is loaded now; another object after a failed worker was replaced. */
  get model(): LoadedModel {
    return this.#model;
  }

  /**
   * Score one pair, or many: one score per pair, same order.
   *
   * @throws the signal's reason when aborted
   * @throws TypeError when a prompt or response is not a string; RangeError when alpha or a score is not finite
   * @throws ScorerError `run-failed`, `worker-crashed`, `out-of-memory` — after a second try in a fresh
   * worker, and on device `auto` a third on the other backend; `model-not-loaded` — after release
   * @throws ScorerError those of {@link createScorer} — the failed worker could not be replaced; `integrity-mismatch`
   * where another model is in the folder by now
   */
  score(pair: Pair, options?: ScoreOptions): Promise<Score>;
  score(pairs: readonly Pair[], options?: ScoreOptions): Promise<Score[]>;
  async score(input: Pair | readonly Pair[], options: ScoreOptions = {}): Promise<Score | Score[]> {
    const alpha = options.alpha ?? this.#model.manifest.defaultAlpha;
    if (!Number.isFinite(alpha)) throw new RangeError(`alpha: expected a finite number, got ${alpha}`);
    const pairs = (isList(input) ? input : [input]).map(plainPair);
    const rewards = await this.#rewards(pairs, options);
    const scores = rewards.map((reward) => ({ ...reward, score: scoreOf(reward.reward, alpha) }));
    return isList(input) ? scores : scores[0]!;
  }

  /** End the worker and free its memory. Calls still waiting reject with `model-not-loaded`. */
  async release(): Promise<void> {
    this.#life.abort(released());
    this.#worker.terminate(released());
  }

  async #rewards(pairs: readonly Pair[], { signal, onProgress }: ScoreOptions): Promise<Reward[]> {
    const report = monotone(pairs.length, onProgress);
    let reason: unknown;
    for (const [attempt, device] of this.#tries().entries()) {
      const run = () => this.#run(pairs, device, signal, report);
      try {
        const rewards = await (attempt === 0 ? run() : abortable(this.#retries.run(run), signal));
        report(pairs.length);
        return rewards;
      } catch (error) {
        if (!isRunFailure(error)) throw error;
        reason = error;
      }
    }
    throw reason;
  }

  /** In a worker that works, as far as is known. */
  async #run(
    pairs: readonly Pair[],
    device: Device,
    signal: AbortSignal | undefined,
    report: (scoredPairs: number) => void,
  ): Promise<Reward[]> {
    signal?.throwIfAborted();
    if (this.#isBroken) await abortable(this.#replace(device), signal);
    this.#life.signal.throwIfAborted();
    const worker = this.#worker;
    try {
      return await worker.score(pairs, signal, report);
    } catch (error) {
      if (isRunFailure(error) && worker === this.#worker) this.#isBroken = true;
      throw error;
    }
  }

  /** The device of each try: the same one in a fresh worker after the first failure, then WASM, or a GPU that has worked. */
  #tries(): Device[] {
    const { executionProvider, speeds } = this.#model;
    if (this.#device !== "auto") return [this.#device, this.#device];
    if (executionProvider === "webgpu") return ["auto", "auto", "wasm"];
    const gpuWorks = speeds.some((speed) => speed.executionProvider === "webgpu");
    return gpuWorks ? ["auto", "auto", "webgpu"] : ["auto", "auto"];
  }

  /** Calls that need a fresh worker share it. */
  #replace(device: Device): Promise<void> {
    this.#replacing ??= this.#reload(device).finally(() => {
      this.#replacing = undefined;
    });
    return this.#replacing;
  }

  /**
   * The same model again, though another may be in its folder by now: no caller is to hold rewards of both. What
   * failed may have been a text longer than was checked: a backend wrong there is passed over at this load.
   */
  async #reload(device: Device): Promise<void> {
    this.#worker.terminate(new ScorerError("worker-crashed", "scorer worker: replaced after a failed run"));
    const worker = new ScorerWorker(workerUrl(this.#options.base));
    const again = { careful: true, manifest: this.#model.manifest };
    const model = await start(worker, this.#options, device, this.#life.signal, again);
    if (this.#life.signal.aborted) worker.terminate(released());
    this.#worker = worker;
    this.#isBroken = false;
    this.#model = model;
    this.#device = device;
  }
}

function start(
  worker: ScorerWorker,
  { model, onProgress }: CreateScorerOptions,
  device: Device,
  signal: AbortSignal | undefined,
  again: Pick<LoadOptions, "careful" | "manifest"> = {},
): Promise<LoadedModel> {
  return worker.load({ model, device, oneThread: needsOneThread(navigator), ...again }, onProgress, signal);
}

function released(): ScorerError {
  return new ScorerError("model-not-loaded", "score: the scorer was released");
}

function isList(input: Pair | readonly Pair[]): input is readonly Pair[] {
  return Array.isArray(input);
}

/** A second try starts from no pairs again, but the count a person sees never falls. */
function monotone(totalPairs: number, onProgress: ScoreOptions["onProgress"]): (scoredPairs: number) => void {
  let most = 0;
  return (scoredPairs) => {
    if (scoredPairs <= most) return;
    most = scoredPairs;
    onProgress?.(scoredPairs, totalPairs);
  };
}

async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal?.reason);
  signal?.addEventListener("abort", abort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
