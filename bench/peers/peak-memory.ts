import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";

const INTERVAL_MS = 50;
const SETTLING_READINGS = 10;
const SETTLING_MS = 300;

/** Watches the resident memory of a browser's page processes, workers included and mapped files not. */
export class PeakMemory {
  #peak = 0;
  #running = true;
  readonly #ended: Promise<void>;

  private constructor(private readonly browser: Browser) {
    this.#ended = this.#watch(browser);
  }

  static async start(browser: Browser): Promise<PeakMemory> {
    return new PeakMemory(browser);
  }

  get peakBytes(): number {
    return this.#peak;
  }

  /** The least of some readings, under memory pressure: a worker's memory is given back a while after its end. */
  async settle(page: Page): Promise<number> {
    const session = await this.browser.newBrowserCDPSession();
    const target = await page.context().newCDPSession(page);
    let least = Number.POSITIVE_INFINITY;
    for (let reading = 0; reading < SETTLING_READINGS; reading++) {
      await page.requestGC();
      await target.send("Memory.simulatePressureNotification", { level: "critical" });
      least = Math.min(least, await residentBytes(session));
      await setTimeout(SETTLING_MS);
    }
    await Promise.all([session.detach(), target.detach()]);
    return least;
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#ended;
  }

  async #watch(browser: Browser): Promise<void> {
    const session = await browser.newBrowserCDPSession();
    while (this.#running) {
      this.#peak = Math.max(this.#peak, await residentBytes(session));
      await setTimeout(INTERVAL_MS);
    }
    await session.detach();
  }
}

async function residentBytes(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({ type }) => type === "renderer");
  return pages.reduce((sum, { id }) => sum + resident(id), 0);
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
