import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { build } from "vite";
import { LimitedServer } from "./limited-server";
import { LINE_BITS, median } from "./measure";
import { watchPage } from "./watch-page";
import { mixedPairs } from "./work";

const OUT = ".cache/peers/page";
const OPENINGS = 5;
const SLIDES = 20;
const RESPONSES = 500;
const LIMIT_MS = 300_000;

/** What a person feels of the page itself, in milliseconds. */
export interface Feel {
  /** From an empty cache over the slow line to text areas and button on the screen; the median. */
  interactive: number;
  /** The longest that the page's own thread was held while loading and scoring 500 responses. */
  longestTask: number;
  /** From a new alpha to the frame with new scores, medians: of 2 responses, of the first of 500, and of all those. */
  slide: { few: number; many: number; all: number };
}

/** The site as it is shipped, with the demonstration model on WASM. */
export async function feelShippedPage(browser: Browser): Promise<Feel> {
  const configFile = join(import.meta.dirname, "../../vite.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir: OUT, emptyOutDir: true } });
  using server = await LimitedServer.start(OUT);
  const openings: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    server.reset(LINE_BITS);
    const page = await openPage(browser, server.origin);
    openings.push(await waitFor(page, () => window.watch.interactiveMs));
    await page.context().close();
  }
  server.reset();
  const page = await openPage(browser, server.origin);
  await waitFor(page, () => window.watch.scored());
  const few = await slides(page);
  await openResponses(page);
  await waitFor(page, () => window.watch.scored());
  const longestTask = await page.evaluate(() => Math.max(0, ...window.watch.longTasksMs));
  const many = await slides(page);
  await page.context().close();
  const slide = { few: few.first, many: many.first, all: many.all };
  return { interactive: median(openings), longestTask, slide };
}

async function openPage(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  // tsx names functions by a helper that the page does not have.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.addInitScript(watchPage);
  await page.goto(`${origin}/index.html?device=wasm`, { waitUntil: "commit" });
  return page;
}

async function openResponses(page: Page): Promise<void> {
  const rows = mixedPairs(RESPONSES).map(({ response }) => JSON.stringify({ prompt: "Go on.", response }));
  const file = { name: "responses.jsonl", mimeType: "text/plain", buffer: Buffer.from(rows.join("\n")) };
  await page.locator("input[type=file]").setInputFiles(file);
  await waitFor(page, () => window.watch.responses() >= 500);
}

/** Asks seldom: the page is being measured. */
async function waitFor<T>(page: Page, ask: () => T): Promise<NonNullable<T>> {
  const handle = await page.waitForFunction(ask, undefined, { polling: 250, timeout: LIMIT_MS });
  return (await handle.jsonValue()) as NonNullable<T>;
}

async function slides(page: Page): Promise<{ first: number; all: number }> {
  const times = await page.evaluate((count) => window.watch.slide(count), SLIDES);
  return { first: median(times.map(({ first }) => first)), all: median(times.map(({ all }) => all)) };
}
