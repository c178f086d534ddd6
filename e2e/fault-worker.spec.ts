import { expect, type Page } from "@playwright/test";
import { expectAgreement, loadFailure, PAGE, patchWorker, scorerWorker } from "./engine-page";
import {
  expectNotice,
  expectNoWorker,
  expectPageRight,
  expectRightAgain,
  expectScorerRight,
  MODEL_PAGE,
  PAIRS,
  test,
  tryAgain,
  WASM,
} from "./fault";
import { replacesModel } from "./faulty-site";
import { expectScored, openFile, openScored, responses, scoreButton } from "./page";

/** Limits of the page, in milliseconds: see src/ui/silence.ts. */
const SILENCE_MS = 300_000;
const CANCEL_MS = 30_000;

/** The worker does this when it is asked to load or score. */
const on = (call: "load" | "score", code: string) =>
  `addEventListener("message", ({ data }) => { if (data.path?.[0] === "${call}") { ${code} } })`;
const DIE = "close()";
/** As a thread of WASM that waits for another one for ever. */
const HANG = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";

async function open(page: Page, origin = ""): Promise<void> {
  await page.goto(origin + PAGE);
  await page.evaluate(async (options) => {
    window.scorer = await window.engine.createScorer(options);
  }, WASM);
}

test("says that the worker died while loading, and recovers", async ({ page }) => {
  await patchWorker(page, on("load", DIE), 1);
  await page.goto(MODEL_PAGE);
  await expectNotice(page, "The worker that runs the model ended", "ended without an error event");
  await expectNoWorker(page);
  await tryAgain(page);
  await expectPageRight(page);
});

test("replaces a worker that dies while scoring, unseen", async ({ page }) => {
  await patchWorker(page, on("score", DIE), 1);
  await page.goto(MODEL_PAGE);
  await expectPageRight(page);
});

test("says that the worker dies whenever it scores, and recovers", async ({ page }) => {
  await patchWorker(page, on("score", DIE), 2);
  await page.goto(MODEL_PAGE);
  await expectNotice(page, "The worker that runs the model ended", "ended without an error event");
  await expectNoWorker(page);
  await tryAgain(page);
  await expectPageRight(page);
});

test("brings into sight why one of many responses could not be scored", async ({ page }) => {
  await patchWorker(page, on("score", `if (JSON.stringify(data).includes("Die.")) ${DIE}`));
  await openScored(page);
  const rows = Array.from({ length: 40 }, (_, at) => ({ prompt: "Count.", response: `Number ${at}.` }));
  await openFile(page, "many.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
  await expect(responses(page)).toHaveCount(40);
  await expectScored(page);
  await responses(page).nth(30).fill("Die.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("alert")).toContainText("The worker that runs the model ended");
  await expect(page.getByRole("alert")).toBeInViewport({ ratio: 1 });
});

test("says that a load hangs, and recovers", async ({ page }) => {
  await page.clock.install();
  await patchWorker(page, on("load", HANG), 1);
  const started = page.waitForEvent("worker");
  await page.goto(MODEL_PAGE);
  await started;
  await expect(page.getByRole("progressbar")).toBeAttached();
  await page.clock.runFor(SILENCE_MS);
  await expectNotice(page, "The worker that runs the model ended", "scorer worker: silent for 300 s");
  await expectNoWorker(page);
  await tryAgain(page);
  await expectPageRight(page);
});

test("replaces a worker that hangs while scoring", async ({ page }) => {
  await page.clock.install();
  await patchWorker(page, on("score", HANG), 1);
  await open(page);
  const scoring = await page.evaluateHandle((pairs) => ({ scores: window.scorer.score(pairs) }), PAIRS);
  await page.clock.runFor(SILENCE_MS);
  expectAgreement(await scoring.evaluate(({ scores }) => scores), "q8");
  await expectScorerRight(page);
});

test("replaces a worker that hangs after a cancel, long before", async ({ page }) => {
  await page.clock.install();
  await patchWorker(page, on("score", HANG), 1);
  await open(page);
  const calls = await page.evaluateHandle((pairs) => {
    const controller = new AbortController();
    const cancelled = window.scorer.score(pairs, { signal: controller.signal }).catch(({ name }) => name);
    controller.abort();
    return { cancelled, scores: cancelled.then(() => window.scorer.score(pairs)) };
  }, PAIRS);
  await page.clock.runFor(CANCEL_MS);
  expect(await calls.evaluate(({ cancelled }) => cancelled)).toBe("AbortError");
  expectAgreement(await calls.evaluate(({ scores }) => scores), "q8");
  await expectScorerRight(page);
});

test("cancels a hung run on the page, and scores when asked again", async ({ page }) => {
  await page.clock.install();
  await patchWorker(page, on("score", HANG), 1);
  await page.goto(MODEL_PAGE);
  await expect(page.getByText("Scored 0 of 2")).toBeVisible(); // while it loads there is another "Cancel"
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("status").first()).toContainText("not scored yet");
  await scoreButton(page).click();
  await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
  await page.clock.runFor(CANCEL_MS);
  await expectPageRight(page);
});

test("replaces a worker that dies unheard where the browser has no locks", async ({ page }) => {
  await page.clock.install();
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "locks"));
  await patchWorker(page, on("score", DIE), 1);
  await open(page);
  const scoring = await page.evaluateHandle((pairs) => ({ scores: window.scorer.score(pairs) }), PAIRS);
  await page.clock.runFor(SILENCE_MS);
  expectAgreement(await scoring.evaluate(({ scores }) => scores), "q8");
  await expectScorerRight(page);
});

test("loads where the browser refuses locks", async ({ page }) => {
  await patchWorker(
    page,
    `LockManager.prototype.request = () => Promise.reject(new DOMException("no", "SecurityError"))`,
  );
  await page.goto(PAGE);
  await expectRightAgain(page);
});

test("rejects what cannot be sent to a worker with a TypeError, and scores on", async ({ page }) => {
  await page.goto(PAGE);
  const failure = await page.evaluate(async (options) => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = () => {
      throw new DOMException("too large to be cloned", "DataCloneError");
    };
    const failed = window.engine.createScorer(options).catch(({ name, message }) => ({ name, message }));
    return failed.finally(() => {
      Worker.prototype.postMessage = post;
    });
  }, WASM);
  expect(failure).toEqual({ name: "TypeError", message: "scorer worker: too large to be cloned" });
  await expectNoWorker(page);
  await open(page);
  const names = await page.evaluate(async (pair) => {
    const post = Worker.prototype.postMessage;
    const attempt = () =>
      window.scorer.score(pair).catch(({ name, message }: Error) => `${name}: ${message}`);
    Worker.prototype.postMessage = () => {
      throw new DOMException("too large to be cloned", "DataCloneError");
    };
    const refused = await attempt();
    Worker.prototype.postMessage = post;
    const noText = await window.scorer
      .score({ ...pair, response: (() => 1) as unknown as string })
      .catch(({ name }: Error) => name);
    return { refused, noText };
  }, PAIRS[0]!);
  expect(names).toEqual({ refused: "TypeError: scorer worker: too large to be cloned", noText: "TypeError" });
  await expectScorerRight(page);
});

test("keeps apart two calls at once", async ({ page }) => {
  await open(page);
  const [all, reversed, first] = await page.evaluate(
    (pairs) =>
      Promise.all([
        window.scorer.score(pairs),
        window.scorer.score(pairs.toReversed()),
        window.scorer.score(pairs[0]!),
      ]),
    PAIRS,
  );
  expectAgreement(all, "q8");
  expectAgreement(reversed.toReversed(), "q8");
  expectAgreement([first], "q8");
  await expectScorerRight(page);
});

/** Remembers every set that a number was put into: the worker's lists of jobs are such. */
const WATCH_JOBS = `
  self.sets = new Set();
  const { add } = Set.prototype;
  Set.prototype.add = function (value) {
    if (typeof value === "number") add.call(self.sets, this);
    return add.call(this, value);
  }`;

test("forgets a thousand calls that were queued and cancelled", async ({ page }) => {
  await patchWorker(page, WATCH_JOBS);
  await open(page);
  const outcome = await page.evaluate(async (pairs) => {
    let listeners = 0;
    const { addEventListener, removeEventListener } = AbortSignal.prototype;
    AbortSignal.prototype.addEventListener = function (...options: unknown[]) {
      listeners++;
      addEventListener.apply(this, options as Parameters<typeof addEventListener>);
    };
    AbortSignal.prototype.removeEventListener = function (...options: unknown[]) {
      listeners--;
      removeEventListener.apply(this, options as Parameters<typeof removeEventListener>);
    };
    const controller = new AbortController();
    const { signal } = controller;
    const calls = Array.from({ length: 1000 }, () =>
      window.scorer.score(pairs, { signal }).catch(({ name }: Error) => name),
    );
    const most = listeners;
    controller.abort();
    const names = new Set(await Promise.all(calls));
    return { names: [...names], most, left: listeners };
  }, PAIRS);
  expect(outcome).toEqual({ names: ["AbortError"], most: 1000, left: 0 });
  const scores = await page.evaluate((pairs) => window.scorer.score(pairs), PAIRS);
  expectAgreement(scores, "q8");
  const sizes = await scorerWorker(page).evaluate(() =>
    [...(self as unknown as { sets: Set<Set<number>> }).sets].map(({ size }) => size),
  );
  expect(sizes).toEqual([0]);
  await expectScorerRight(page);
});

test("gives a call that comes while a dead worker is replaced all its tries", async ({ page }) => {
  await patchWorker(page, on("score", `if (JSON.stringify(data).includes("deadly")) ${DIE}`));
  await open(page);
  const replaced = page.waitForEvent("worker");
  const failing = page.evaluate(
    (pair) => window.scorer.score({ ...pair, response: "deadly" }).catch(({ code }) => code),
    PAIRS[0]!,
  );
  await replaced;
  await expectScorerRight(page);
  expect(await failing).toBe("worker-crashed");
});

test("scores what was asked beside a call that ends every worker", async ({ page }) => {
  await patchWorker(page, on("score", `if (JSON.stringify(data).includes("deadly")) ${DIE}`));
  await open(page);
  const [code, before, after] = await page.evaluate((pairs) => {
    const score = () => window.scorer.score(pairs);
    const before = score();
    const deadly = window.scorer.score({ ...pairs[0]!, response: "deadly" });
    return Promise.all([deadly.catch(({ code }) => code), before, score()]);
  }, PAIRS);
  expect(code).toBe("worker-crashed");
  expectAgreement(before, "q8");
  expectAgreement(after, "q8");
  await expectScorerRight(page);
});

test("cancels at once what waits to be tried again", async ({ page }) => {
  await patchWorker(page, on("score", `if (JSON.stringify(data).includes("deadly")) ${DIE}`));
  await open(page);
  const replaced = page.waitForEvent("worker");
  const outcomes = page.evaluate(async (pairs) => {
    const controller = new AbortController();
    document.addEventListener("click", () => controller.abort());
    const outcomes: string[] = [];
    const deadly = window.scorer.score({ ...pairs[0]!, response: "deadly" });
    const waiting = window.scorer.score(pairs, { signal: controller.signal });
    await Promise.all([
      deadly.catch(({ code }) => outcomes.push(code)),
      waiting.catch(({ name }) => outcomes.push(name)),
    ]);
    return outcomes;
  }, PAIRS);
  await replaced;
  await page.evaluate(() => document.dispatchEvent(new Event("click")));
  expect(await outcomes).toEqual(["AbortError", "worker-crashed"]);
  await expectScorerRight(page);
});

test("loads the same model in place of a dead worker, though another is in its folder by now", async ({
  page,
  site,
}) => {
  await open(page, site.origin);
  site.faults.set("", replacesModel("bert-seqcls", "bert-reward"));
  await scorerWorker(page).evaluate(() => void setTimeout(close));
  await expectScorerRight(page);
});

test("says that the model's files are gone, and loads the model that took its place", async ({
  page,
  site,
}) => {
  await page.goto(site.origin + MODEL_PAGE);
  await expectPageRight(page);
  site.faults.set("", replacesModel("bert-seqcls", "bert-reward"));
  await page.evaluate(() => caches.delete("reward-scorer"));
  await scorerWorker(page).evaluate(() => void setTimeout(close));
  await scoreButton(page).click();
  await expectNotice(page, "A file is not the one the model names", /expected .*, got /);
  await expectNoWorker(page);
  await tryAgain(page);
  await expectPageRight(page, "bert-reward");
});

test("leaves no worker when released while a dead one is replaced", async ({ page }) => {
  await patchWorker(page, on("score", DIE), 1);
  await open(page);
  const replaced = page.waitForEvent("worker");
  const code = page.evaluate((pairs) => window.scorer.score(pairs).catch(({ code }) => code), PAIRS);
  await replaced;
  await page.evaluate(() => window.scorer.release());
  expect(await code).toBe("model-not-loaded");
  await expectNoWorker(page);
  expect(await loadFailure(page, WASM)).toMatchObject({ message: "the model loaded" });
});
