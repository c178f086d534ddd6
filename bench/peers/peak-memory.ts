import { readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";

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

  async stop(): Promise<number> {
    this.#running = false;
    await this.#ended;
    return this.#peak;
  }

  async #watch(browser: Browser): Promise<void> {
    const session = await browser.newBrowserCDPSession();
    while (this.#running) {
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      const pages = processInfo.filter(({ type }) => type === "renderer");
      this.#peak = Math.max(
        this.#peak,
        pages.reduce((sum, { id }) => sum + resident(id), 0),
      );
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
    await session.detach();
  }
}

/** Linux tells it of a process by its number; 0 of one that has ended. */
function resident(pid: number): number {
  try {
    const lines = readFileSync(`/proc/${pid}/status`, "utf8").matchAll(/^Rss(?:Anon|Shmem):\s*(\d+) kB/gm);
    return [...lines].reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
  } catch {
    return 0;
  }
}
