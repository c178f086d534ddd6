/**
 * Longest silence of a worker that has a call under way, in milliseconds. Every piece of a download, every
 * step of a load and every longer batch is heard; between them a session may take its limit of two minutes, and a
 * batch of BERT-base on one slow thread half of one.
 */
export const SILENCE_MS = 300_000;

/**
 * Longest silence after a cancel. It takes effect after the batch under way, and on one thread of WASM a batch
 * of BERT-base takes about two seconds.
 */
export const CANCEL_MS = 30_000;

/**
 * Limits are counted in steps this long: an hour in which the page was frozen, or the computer asleep,
 * counts as one, and the worker is not blamed for it. A limit may end one step early.
 */
const STEP_MS = 5_000;

/** Notices when a worker that has something to do says nothing any more: nothing else tells that it hangs. */
export class Silence {
  readonly #onEndless: (limitMs: number) => void;
  #calls = 0;
  #limitMs = SILENCE_MS;
  #silentMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #stopped = false;

  /** @param onEndless called once, with the limit that was passed */
  constructor(onEndless: (limitMs: number) => void) {
    this.#onEndless = onEndless;
  }

  /** Listen for as long as the call is under way. */
  during<T>(call: Promise<T>): Promise<T> {
    const over = () => {
      this.#calls--;
      this.heard();
      if (this.#calls === 0) clearInterval(this.#timer);
    };
    this.#calls++;
    if (this.#calls === 1) this.#listen();
    call.then(over, over);
    return call;
  }

  /** There was a sign of life. */
  heard(): void {
    this.#limitMs = SILENCE_MS;
    this.#silentMs = 0;
  }

  /** The next sign of life is due soon. */
  expect(): void {
    if (this.#limitMs === CANCEL_MS) return;
    this.#limitMs = CANCEL_MS;
    this.#silentMs = 0;
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  #listen(): void {
    if (this.#stopped) return;
    this.heard();
    this.#timer = setInterval(() => this.#step(), STEP_MS);
  }

  #step(): void {
    this.#silentMs += STEP_MS;
    if (this.#silentMs < this.#limitMs) return;
    this.stop();
    this.#onEndless(this.#limitMs);
  }
}
