import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { CDPSession, Page } from "@playwright/test";

const SETTLING_READINGS = 10;
const SETTLING_MS = 300;

/** Resident memory of a browser's processes of these types, workers included and mapped files not; bytes. */
export async function residentBytes(session: CDPSession, types: readonly string[]): Promise<number> {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const counted = processInfo.filter(({ type }) => types.includes(type));
  return counted.reduce((sum, { id }) => sum + resident(id), 0);
}

/**
 * Of a page's browser, the least of some readings under memory pressure: what a worker held is given back a
 * while after its end, and what is free but kept for later is no one's loss.
 */
export async function settledBytes(page: Page, types: readonly string[]): Promise<number> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  const target = await page.context().newCDPSession(page);
  let least = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < SETTLING_READINGS; reading++) {
    await page.requestGC();
    await target.send("Memory.simulatePressureNotification", { level: "critical" });
    least = Math.min(least, await residentBytes(session, types));
    await setTimeout(SETTLING_MS);
  }
  await Promise.all([session.detach(), target.detach()]);
  if (least === 0) throw new Error("resident memory: expected that of a page in /proc, got none");
  return least;
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
