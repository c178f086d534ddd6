import { expect, type Page } from "@playwright/test";
import type { Score } from "../src/shared/contract";
import { launchOptions } from "./browser";
import { expectAgreement, loadAndScore, PAGE } from "./engine-page";
import { expectPageRight, expectRightAgain, expectScorerRight, MODEL_PAGE, PAIRS, test, WASM } from "./fault";
import { sendsSlowly } from "./faulty-site";
import { hostPage, press, SITE, score } from "./frame-host";
import { Host } from "./library-site";
import { responses, results, scoreButton } from "./page";

/** As a person's browser, which keeps pages for going back; Playwright's does not. */
test.use({ launchOptions: { ...launchOptions(), ignoreDefaultArgs: ["--disable-back-forward-cache"] } });

const MANY = Array.from({ length: 400 }, (_, at) => PAIRS[at % PAIRS.length]!);

/** Start scoring many pairs; what comes of the first ones is in `window.scoring`. */
async function startScoring(page: Page): Promise<void> {
  await page.goto(PAGE);
  await page.evaluate(
    async ([options, many]) => {
      window.scorer = await window.engine.createScorer(options);
      await new Promise<void>((begun) => {
        window.scoring = window.scorer.score(many, { onProgress: () => begun() });
      });
    },
    [WASM, MANY] as const,
  );
}

async function expectScoringRight(page: Page): Promise<void> {
  const scores = await page.evaluate(() => window.scoring);
  expect(scores).toHaveLength(MANY.length);
  expectAgreement(scores.slice(0, PAIRS.length), "q8");
  expectAgreement(scores.slice(-PAIRS.length), "q8");
}

declare global {
  interface Window {
    /** Set before the page is left. */
    left?: boolean;
    scoring: Promise<Score[]>;
  }
}

function watchNewWorkers(page: Page): string[] {
  const urls: string[] = [];
  page.on("worker", (worker) => {
    if (worker.url().includes("scorer-worker")) urls.push(worker.url());
  });
  return urls;
}

test("scores on after the page was frozen", async ({ page }) => {
  await startScoring(page);
  const replaced = watchNewWorkers(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await expectScoringRight(page);
  await expectScorerRight(page);
  expect(replaced).toEqual([]);
});

test("does not blame the worker for an hour in which the page was asleep", async ({ page }) => {
  await page.clock.install();
  await startScoring(page);
  const replaced = watchNewWorkers(page);
  await page.clock.fastForward("01:00:00");
  await expectScoringRight(page);
  await expectScorerRight(page);
  expect(replaced).toEqual([]);
});

test("loads in two tabs at once", async ({ page, context }) => {
  const other = await context.newPage();
  await Promise.all([page.goto(MODEL_PAGE), other.goto(MODEL_PAGE)]);
  await Promise.all([expectPageRight(page), expectPageRight(other)]);
});

test("loads in one tab while another clears what is stored", async ({ page, context, site }) => {
  const other = await context.newPage();
  await page.goto(site.origin + PAGE);
  await other.goto(site.origin + PAGE);
  await loadAndScore(other, WASM, []);
  const outcome = loadAndScore(page, WASM, PAIRS);
  for (let times = 0; times < 20; times++) await other.evaluate(() => window.engine.clearCachedFiles());
  expectAgreement((await outcome).scores, "q8");
  await expectRightAgain(page);
});

test("starts anew when reloaded during a load", async ({ page, site }) => {
  site.faults.set("onnx/model_quantized.onnx_data", sendsSlowly(10_000));
  await page.goto(site.origin + MODEL_PAGE);
  await expect(page.getByRole("progressbar", { name: /^Model \d/ })).toBeVisible();
  await responses(page).nth(1).fill("Google it pal");
  await responses(page).nth(1).fill("Google it pal.");
  site.faults.clear();
  await page.reload();
  await expectPageRight(page);
  expect(page.workers().filter((worker) => worker.url().includes("scorer-worker"))).toHaveLength(1);
});

/** Leave the page and come back. @returns whether the browser had kept it as it was */
async function leaveAndReturn(page: Page): Promise<boolean> {
  await page.goto(MODEL_PAGE);
  await expectPageRight(page);
  await page.evaluate(() => {
    window.left = true;
  });
  await page.goto("/models/index.json");
  await page.goBack({ waitUntil: "commit" }); // a kept page is not loaded again
  await expectPageRight(page);
  return page.evaluate(() => window.left === true);
}

/** Another text is read by the model, and the first one gives its own reward again. */
async function expectScoresAnew(page: Page): Promise<void> {
  const answer = responses(page).nth(1);
  const text = await answer.inputValue();
  for (const next of ["Something else.", text]) {
    await answer.fill(next);
    await expect(results(page).nth(1)).toContainText("for an earlier text");
    await scoreButton(page).click();
    await expect(page.getByText("for an earlier text")).toHaveCount(0);
  }
  await expectPageRight(page);
}

test("scores on in a page that the browser kept for going back", async ({ page }) => {
  expect(await leaveAndReturn(page)).toBe(true);
  await expectScoresAnew(page);
});

test("loads again when going back to a page that the browser did not keep", async ({ page }) => {
  await page.addInitScript(() => addEventListener("unload", () => undefined)); // such pages are not kept
  expect(await leaveAndReturn(page)).toBe(false);
  await expectScoresAnew(page);
});

test("scores on in a frame whose page the browser kept for going back", async ({ page }) => {
  using host = await Host.start(SITE);
  await host.open(page, hostPage());
  const request = { prompt: "What is the capital of France?", response: "Look it up yourself." };
  const before = score(page, request);
  await press(page);
  const { scores } = await before;
  await page.evaluate(() => {
    window.left = true;
  });
  await page.goto(`${host.library}/models/index.json`);
  await page.goBack({ waitUntil: "commit" });
  expect(await page.evaluate(() => window.left === true)).toBe(true);
  // Playwright does not look into such a frame; the frame itself asks for the height that its content takes.
  const height = () =>
    page.locator("iframe[title]").evaluate((frame) => frame.getBoundingClientRect().height);
  const one = await height();
  const responses = Array.from({ length: 8 }, () => request.response);
  const after = await score(page, { prompt: request.prompt, responses });
  expect(after.scores[7]).toEqual(scores[0]);
  await expect.poll(height).toBeGreaterThan(one + 100);
});
