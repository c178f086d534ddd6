import type { Pair, Reward } from "../shared/contract";
import { plainPair } from "./plain-pair";
import { isRunFailure } from "./run-failure";
import type { Scorer } from "./scorer";

/**
 * Most pairs of different askers in one call: as many as the engine runs at once on the CPU, so that results
 * come in steps and not all at the end.
 */
const MAX_PAIRS = 16;

/** Who asked for what, and is to be told. */
interface Request {
  pairs: readonly Pair[];
  signal: AbortSignal;
  resolve(rewards: Reward[]): void;
  reject(reason: unknown): void;
}

/**
 * One scorer for many askers, in the order that they ask: the first goes at once, those who come meanwhile
 * go together. Two hundred calls of their own would have the first wait for the messages of the others.
 */
export class SharedRuns {
  readonly #scorer: Promise<Pick<Scorer, "score">>;
  #waiting: Request[] = [];
  #running = false;

  constructor(scorer: Promise<Pick<Scorer, "score">>) {
    this.#scorer = scorer;
  }

  /**
   * One reward per pair, same order.
   *
   * @throws the signal's reason when aborted; what {@link Scorer.score} throws
   */
  async score(pairs: readonly Pair[], signal: AbortSignal): Promise<Reward[]> {
    signal.throwIfAborted();
    const plain = pairs.map(plainPair); // a bad one fails nobody else
    let abort!: () => void;
    const rewards = new Promise<Reward[]>((resolve, reject) => {
      abort = () => reject(signal.reason);
      this.#waiting.push({ pairs: plain, signal, resolve, reject });
    });
    signal.addEventListener("abort", abort);
    void this.#run();
    return rewards.finally(() => signal.removeEventListener("abort", abort));
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#take(); next.length > 0; next = this.#take()) await this.#score(next);
    this.#running = false;
  }

  /** Those who go next; one with many pairs goes alone. */
  #take(): Request[] {
    const waiting = this.#waiting.filter(({ signal }) => !signal.aborted);
    let count = 0;
    const more = waiting.findIndex(({ pairs }, at) => {
      count += pairs.length;
      return at > 0 && count > MAX_PAIRS;
    });
    const taken = more < 0 ? waiting : waiting.slice(0, more);
    this.#waiting = waiting.slice(taken.length);
    return taken;
  }

  /**
   * The run is stopped when none of them wants it any more. Of several that fail together one may be what ends the
   * worker: each is tried alone.
   */
  async #score(requests: readonly Request[]): Promise<void> {
    const run = new AbortController();
    const abort = () => {
      if (requests.every(({ signal }) => signal.aborted)) run.abort();
    };
    for (const { signal } of requests) signal.addEventListener("abort", abort);
    try {
      const pairs = requests.flatMap((request) => request.pairs);
      const scores = await (await this.#scorer).score(pairs, { alpha: 1, signal: run.signal });
      let from = 0;
      for (const { pairs, resolve } of requests) {
        resolve(scores.slice(from, from + pairs.length));
        from += pairs.length;
      }
    } catch (error) {
      if (requests.length === 1 || !isRunFailure(error)) for (const { reject } of requests) reject(error);
      else for (const request of requests) if (!request.signal.aborted) await this.#score([request]);
    } finally {
      for (const { signal } of requests) signal.removeEventListener("abort", abort);
    }
  }
}
