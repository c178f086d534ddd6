import { expect, test } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findFirefox } from "../scripts/firefox.mjs";
import type { FrameScores } from "../src/embed/embed";
import type { Score } from "../src/shared/contract";
import { DEMO_TOLERANCE, TOLERANCE } from "../src/shared/tolerance";
import { readFixturePairs } from "../test/fixture";
import { expectAgreement, PAGE } from "./engine-page";
import { hostPage, type Scorer, SITE } from "./frame-host";
import { hostOf, LIB } from "./library-site";

/** The Firefox that people have: Playwright drives none but its own. */
let firefox: Browser;
let page: Page;
const host = hostOf(LIB, SITE);

declare const scorer: Scorer;

test.beforeAll(async () => {
  firefox = await puppeteer.launch({ browser: "firefox", executablePath: await findFirefox() });
});
test.beforeEach(async () => {
  page = await firefox.newPage();
});
test.afterEach(() => page.close());
test.afterAll(() => firefox.close());

const OF_DEMO = { worst: DEMO_TOLERANCE, mean: DEMO_TOLERANCE };
const MODELS = [
  ["bert-reward", TOLERANCE.q8],
  ["bert-seqcls", TOLERANCE.q8],
  ["demo", OF_DEMO],
] as const;

for (const [name, allowed] of MODELS) {
  test(`agrees with the reference in Firefox: ${name}`, async ({ baseURL }) => {
    await page.goto(`${baseURL}${PAGE}`);
    const pairs = readFixturePairs(name).map(({ prompt, response }) => ({ prompt, response }));
    const { model, scores } = await page.evaluate(
      async (model, pairs) => {
        const scorer = await window.engine.createScorer({ model });
        const scores = await scorer.score(pairs);
        return { model: scorer.model, scores };
      },
      `../../models/${name}`,
      pairs,
    );
    expect(model).toMatchObject({ dtype: "q8", executionProvider: "wasm", threads: 1, cached: true });
    // WebAssembly gives the same bits on every machine: here as where the model was converted.
    expect(model.attempts.at(-1)).toMatchObject({ outcome: "chosen", maxError: 0 });
    expectAgreement(scores, "q8", name, allowed);
  });
}

test("scores the page's example in Firefox, and what is typed instead", async ({ baseURL }) => {
  await page.goto(`${baseURL}/?lang=en`);
  const results = () =>
    page.$$eval(">>> rs-score-result >>> output", (all) => all.map((result) => result.textContent));
  await expect.poll(results).toEqual([expect.stringMatching(SCORED), expect.stringMatching(SCORED)]);
  const [paris, google] = await results();
  expect(rewardIn(paris)).toBeGreaterThan(rewardIn(google));

  const [, second] = await page.$$(">>> rs-response-row >>> textarea");
  await second!.type(" It is Paris.");
  await expect
    .poll(results)
    .toEqual([expect.stringMatching(SCORED), expect.stringContaining("for an earlier text")]);
  await page.locator(">>> rs-score-task >>> button.primary").click();
  await expect.poll(results).toEqual([paris, expect.stringMatching(SCORED)]);
  expect(rewardIn((await results())[1])).not.toBe(rewardIn(google));
});

test("scores in Firefox as an element of another site", async () => {
  await host.open(page, `<script type="module" src="LIB/element.js"></script>`);
  const scores = page.evaluate(async (pairs) => {
    await customElements.whenDefined("reward-scorer");
    const ofPair = (pair: (typeof pairs)[number]) =>
      new Promise<Score>((resolve) => {
        const element = Object.assign(document.createElement("reward-scorer"), pair);
        element.addEventListener("score", (event) => resolve((event as CustomEvent).detail.scores[0]));
        document.body.append(element);
      });
    return Promise.all(pairs.map(ofPair));
  }, readFixturePairs("demo"));
  await page.locator("::-p-text(Load model)").click();
  expectAgreement(await scores, "q8", "demo", OF_DEMO);
});

test("scores in Firefox in a frame of another site", async () => {
  await host.open(page, hostPage());
  const told = page.evaluate(async (pairs) => {
    const told: FrameScores[] = [];
    for (const pair of pairs) told.push(await (await scorer).score(pair));
    return told;
  }, readFixturePairs("demo"));
  const frame = await page.waitForFrame((frame) => frame.url().includes("embed.html"));
  await frame.locator("::-p-text(Load model)").click();
  const scores = (await told).map(({ scores: [score] }) => score!);
  expectAgreement(scores, "q8", "demo", OF_DEMO);
});

const SCORED = /reward ([+−]?\d\.\d+)(?!.*for an earlier text)/s;

function rewardIn(result: string | null | undefined): number {
  return Number(SCORED.exec(result ?? "")![1]!.replace("−", "-"));
}
