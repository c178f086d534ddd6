import { oursPeer } from "../peers/ours-peer";
import type { PeerHandle } from "../peers/peer";
import type { Side } from "../peers/peer-page";
import { theirsPeer } from "../peers/theirs-peer";

const SIDES = { ours: oursPeer, theirs: theirsPeer };

/** Both engines, until one fails: the other goes on alone. */
export class Sides implements Disposable {
  readonly #peers = new Map<Side, PeerHandle>();
  readonly #failed = new Set<Side>();
  readonly #aborted = Promise.withResolvers<never>();

  /**
   * @param signal takes effect at once, in a load or a run too
   * @param onFailure is told once a side, with what it threw
   */
  constructor(
    private readonly signal: AbortSignal,
    private readonly onFailure: (side: Side, reason: unknown) => void,
  ) {
    this.#aborted.promise.catch(() => undefined);
    signal.addEventListener("abort", () => this.#aborted.reject(signal.reason), { once: true });
  }

  /** Those that have not failed; whoever came second in a round comes first in the next, ours in odd ones. */
  turns(round: number): Side[] {
    const sides: Side[] = round % 2 === 0 ? ["theirs", "ours"] : ["ours", "theirs"];
    return sides.filter((side) => !this.#failed.has(side));
  }

  /** Give the side a worker that has loaded nothing. */
  start(side: Side): void {
    this.#peers.set(side, SIDES[side]());
  }

  /** End both workers at once, whatever they do. */
  end(): void {
    for (const peer of this.#peers.values()) peer.end();
    this.#peers.clear();
  }

  /**
   * Let a side do some work.
   *
   * @returns undefined when it failed, and the side is out
   * @throws the signal's reason when aborted
   */
  async run<T>(side: Side, work: (peer: PeerHandle) => Promise<T>): Promise<T | undefined> {
    this.signal.throwIfAborted();
    try {
      return await Promise.race([work(this.#peers.get(side)!), this.#aborted.promise]);
    } catch (error) {
      this.signal.throwIfAborted();
      this.#failed.add(side);
      this.#peers.get(side)!.end();
      this.onFailure(side, error);
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    this.end();
  }
}
