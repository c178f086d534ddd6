/**
 * An end that comes at most once and rejects whatever waits for something at that time.
 *
 * `Promise.race` with a promise that lives as long as its owner would keep every outcome in memory until then.
 */
export class Ending {
  readonly #waiting = new Set<(reason: unknown) => void>();
  #end: { reason: unknown } | undefined;

  /** The work's own outcome, unless the end comes first, or came before. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#end) reject(this.#end.reason);
      else this.#waiting.add(reject);
      work.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  /** A second end changes nothing. */
  end(reason: unknown): void {
    if (this.#end) return;
    this.#end = { reason };
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }
}
