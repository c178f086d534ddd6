import { test as base, expect, type Page } from "@playwright/test";
import { readFixturePairs } from "../test/fixture";
import { expectAgreement, loadAndScore, patchWorker } from "./engine-page";
import { type FaultySite, serveSite } from "./faulty-site";
import { expectScored, results } from "./page";

export const MODEL = "../../models/bert-seqcls";
export const WASM = { model: MODEL, device: "wasm" } as const;
export const PAIRS = readFixturePairs("bert-seqcls");

/** What the browser itself says of a request that failed: no error of the page's code. */
const BROWSER_SAYS = /^Failed to load resource|^WebSocket|net::ERR_/;

interface Faults {
  /** Everything thrown, rejected or logged as an error that nothing handled. */
  unhandled: string[];
  /** The site on a server that fails as told. */
  site: FaultySite;
}

/** A test of a fault: whatever happens in it, no error is left unhandled on the page or in a worker. */
export const test = base.extend<Faults>({
  unhandled: [
    async ({ page }, use) => {
      const unhandled: string[] = [];
      page.on("pageerror", ({ message }) => unhandled.push(message));
      page.on("console", (message) => {
        if (message.type() === "error" && !BROWSER_SAYS.test(message.text())) unhandled.push(message.text());
      });
      await use(unhandled);
      expect(unhandled).toEqual([]);
    },
    { auto: true },
  ],
  site: async ({ page: _ }, use) => {
    await using site = await serveSite();
    await use(site);
  },
});

/** The engine loads, its scores agree with the reference, and no worker is left. */
export async function expectRightAgain(page: Page): Promise<void> {
  const { scores } = await loadAndScore(page, WASM, PAIRS);
  expectAgreement(scores, "q8");
  await expectNoWorker(page);
}

export async function expectNoWorker(page: Page): Promise<void> {
  await expect.poll(() => page.workers().length).toBe(0);
}

/** The scorer that the page holds gives the reference's scores, and leaves no worker when released. */
export async function expectScorerRight(page: Page): Promise<void> {
  const scores = await page.evaluate((pairs) => window.scorer.score(pairs), PAIRS);
  expectAgreement(scores, "q8");
  await page.evaluate(() => window.scorer.release());
  await expectNoWorker(page);
}

/** Limits of seconds and minutes pass so many times faster in workers. @param more what else they do first */
export function hastenWorkers(page: Page, times: number, more = ""): Promise<void> {
  const code = `
    const { setTimeout: inTime } = self;
    self.setTimeout = (run, ms, ...rest) => inTime(run, ms / ${times}, ...rest);
    ${more}`;
  return patchWorker(page, code);
}

/** The page with the small model, on the CPU. The texts of a first visit are the fixture's first two pairs. */
export const MODEL_PAGE = "/?device=wasm&model=models/bert-seqcls/";

/** The page shows the scores of the reference for the texts of a first visit, and no failure. */
export async function expectPageRight(page: Page, fixture = "bert-seqcls"): Promise<void> {
  await expectScored(page);
  const shown = await results(page).allInnerTexts();
  const rewards = shown.map((text) => Number(text.match(/reward ([+−]?[\d.]+)/)![1]!.replace("−", "-")));
  const tokens = shown.map((text) => Number(text.match(/(\d+) tokens/)![1]));
  expectAgreement(
    rewards.map((reward, at) => ({ reward, tokens: tokens[at]! })),
    "q8",
    fixture,
  );
  await expect(page.getByRole("alert")).toHaveCount(0);
}

/** The page's notice of a failure: heading, what is safe, one thing to do. */
export async function expectNotice(page: Page, heading: string, message: string | RegExp): Promise<void> {
  const notice = page.getByRole("alert");
  await expect(notice.getByRole("heading", { name: heading })).toBeVisible();
  await expect(notice).toContainText(message);
  await expect(notice).toContainText("Your texts are still here, and they have not left this browser.");
  await expect(notice.getByRole("button")).toHaveText(["Try again"]);
}

export function tryAgain(page: Page): Promise<void> {
  return page.getByRole("button", { name: "Try again" }).click();
}
