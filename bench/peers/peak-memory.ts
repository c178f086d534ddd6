import { setTimeout } from "node:timers/promises";
import type { Browser } from "@playwright/test";
import { residentBytes } from "../resident-memory";

const INTERVAL_MS = 50;

/** Watches the resident memory of a browser's page processes, workers included and mapped files not. */
export class PeakMemory {
  #peak = 0;
  #running = true;
  readonly #ended: Promise<void>;

  private constructor(browser: Browser) {
    this.#ended = this.#watch(browser);
  }

  static async start(browser: Browser): Promise<PeakMemory> {
    return new PeakMemory(browser);
  }

  get peakBytes(): number {
    return this.#peak;
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#ended;
  }

  async #watch(browser: Browser): Promise<void> {
    const session = await browser.newBrowserCDPSession();
    while (this.#running) {
      this.#peak = Math.max(this.#peak, await residentBytes(session, ["renderer"]));
      await setTimeout(INTERVAL_MS);
    }
    await session.detach();
  }
}
