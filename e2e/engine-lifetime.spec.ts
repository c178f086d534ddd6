import { expect, type Page, test } from "@playwright/test";
import type { CreateScorerOptions, Scorer } from "../src/ui/scorer";
import { readFixturePairs } from "../test/fixture";
import {
  changeManifest,
  endsOnScore,
  expectAgreement,
  HARDWARE_GPU,
  keepOnly,
  PAGE,
  patchWorker,
  scorerWorker,
} from "./engine-page";

const MODEL = "../../models/bert-seqcls";
const PAIRS = readFixturePairs("bert-seqcls");

declare global {
  interface Window {
    scorer: Scorer;
  }
}

async function open(page: Page, options: CreateScorerOptions): Promise<void> {
  await page.goto(PAGE);
  await page.evaluate(async (options) => {
    window.scorer = await window.engine.createScorer(options);
  }, options);
}

test("ends the worker when a load is aborted", async ({ page }) => {
  await page.goto(PAGE);
  const failure = await page.evaluate(async (model) => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("changed my mind"));
    return window.engine
      .createScorer({ model, signal: controller.signal, onProgress })
      .catch(({ message }) => message);
  }, MODEL);
  expect(failure).toBe("changed my mind");
  await expect.poll(() => page.workers().length).toBe(0);
});

test("stops scoring between batches and stays warm", async ({ page }) => {
  await open(page, { model: MODEL, device: "wasm" });
  const many = Array.from({ length: 2000 }, (_, at) => PAIRS[at % PAIRS.length]!);
  const outcome = await page.evaluate(
    async ([many, one]) => {
      const controller = new AbortController();
      let scored = 0;
      const onProgress = (pairs: number) => {
        scored = pairs;
        controller.abort();
      };
      const error = await window.scorer
        .score(many, { signal: controller.signal, onProgress })
        .catch(({ name }: Error) => name);
      const again = await window.scorer.score(one);
      return { error, scored, again };
    },
    [many, PAIRS.slice(0, 1)] as const,
  );
  expect(outcome).toMatchObject({ error: "AbortError", scored: expect.any(Number) });
  expect(outcome.scored).toBeLessThan(many.length / 2);
  expectAgreement(outcome.again, "q8");
  expect(page.workers()).not.toHaveLength(0);
});

test("takes more pairs in a call than a function takes arguments", async ({ page }) => {
  await open(page, { model: MODEL, device: "wasm" });
  const outcome = await page.evaluate(async () => {
    const pairs = new Array(200_000).fill({ prompt: "", response: "" });
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    return window.scorer.score(pairs, options).catch(({ name }) => name);
  });
  expect(outcome).toBe("AbortError");
});

test("tells how far it is, at last that all is done", async ({ page }) => {
  await open(page, { model: MODEL, device: "wasm" });
  const many = Array.from({ length: 400 }, (_, at) => PAIRS[at % PAIRS.length]!);
  const told = await page.evaluate(async (many) => {
    const told: number[] = [];
    await window.scorer.score(many, { onProgress: (scored) => told.push(scored) });
    return told;
  }, many);
  expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(many.length);
});

test("tells no progress after the outcome", async ({ page }) => {
  await open(page, { model: MODEL, device: "wasm" });
  const late = await page.evaluate(async (pair) => {
    let late = 0;
    for (let call = 0; call < 30; call++) {
      let over = false;
      const onProgress = () => {
        if (over) late++;
      };
      await window.scorer.score([pair], { onProgress });
      over = true;
      await new Promise((resolve) => setTimeout(resolve));
    }
    return late;
  }, PAIRS[0]!);
  expect(late).toBe(0);
});

test("replaces a worker that dies without a word", async ({ page }) => {
  await patchWorker(page, endsOnScore(), 1);
  await open(page, { model: MODEL, device: "wasm" });
  const scores = await page.evaluate((pairs) => window.scorer.score(pairs), PAIRS);
  expectAgreement(scores, "q8");
});

test("replaces a worker that crashes", async ({ page }) => {
  await open(page, { model: MODEL, device: "wasm" });
  await scorerWorker(page).evaluate(() => void queueMicrotask(() => JSON.parse("{")));
  const scores = await page.evaluate((pairs) => window.scorer.score(pairs), PAIRS);
  expectAgreement(scores, "q8");
});

test("replaces a worker once for calls that fail together", async ({ page }) => {
  await patchWorker(page, endsOnScore(), 1);
  await open(page, { model: MODEL, device: "wasm" });
  const started: string[] = [];
  page.on("request", (request) => started.push(request.url()));
  const scores = await page.evaluate(
    (pairs) => Promise.all(pairs.map((pair) => window.scorer.score(pair))),
    PAIRS.slice(0, 4),
  );
  expectAgreement(scores, "q8");
  expect(started.filter((url) => url.includes("scorer-worker"))).toHaveLength(1);
});

test("loads again when the GPU is lost", async ({ page }) => {
  await patchWorker(page, KEEP_DEVICE);
  await changeManifest(page, (manifest) => keepOnly(manifest, ({ devices }) => devices.includes("webgpu")));
  await open(page, { model: MODEL, device: "webgpu" });
  await scorerWorker(page).evaluate(() => (self as unknown as { device: GPUDevice }).device.destroy());
  const scores = await page.evaluate((pairs) => window.scorer.score(pairs), PAIRS.slice(0, 2));
  expectAgreement(scores, "w8");
});

test("leaves a GPU that is lost every time for wasm", async ({ page }) => {
  await patchWorker(page, `${HARDWARE_GPU}; ${KEEP_DEVICE}; ${LOSE_DEVICE_ON_SCORE}`);
  await open(page, { model: MODEL });
  const { before, scores, after } = await page.evaluate(
    async (pairs) => {
      const before = window.scorer.model.executionProvider;
      const scores = await window.scorer.score(pairs);
      return { before, scores, after: window.scorer.model.executionProvider };
    },
    PAIRS.slice(0, 2),
  );
  expect([before, after]).toEqual(["webgpu", "wasm"]);
  expectAgreement(scores, "q8");
});

test("rejects when no try works", async ({ page }) => {
  await patchWorker(page, endsOnScore());
  await open(page, { model: MODEL, device: "wasm" });
  const failure = await page.evaluate(
    (pairs) => window.scorer.score(pairs).catch(({ code, message }) => ({ code, message })),
    PAIRS.slice(0, 1),
  );
  expect(failure).toEqual({
    code: "worker-crashed",
    message: "scorer worker: ended without an error event",
  });
});

test("rejects when the worker cannot start", async ({ page }) => {
  await page.route(/scorer-worker/, (route) => route.abort());
  await page.goto(PAGE);
  const code = await page.evaluate(
    (model) => window.engine.createScorer({ model }).catch((error) => error.code),
    MODEL,
  );
  expect(code).toBe("worker-crashed");
});

test("ends the worker and waiting calls on release", async ({ page }) => {
  await open(page, { model: MODEL, device: "wasm" });
  const codes = await page.evaluate(async (pairs) => {
    const waiting = window.scorer.score(pairs).catch(({ code }) => code);
    await window.scorer.release();
    return [await waiting, await window.scorer.score(pairs).catch(({ code }) => code)];
  }, PAIRS);
  expect(codes).toEqual(["model-not-loaded", "model-not-loaded"]);
  await expect.poll(() => page.workers().length).toBe(0);
});

const KEEP_DEVICE = `
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...options) {
    return (self.device = await requestDevice.apply(this, options));
  }`;
const LOSE_DEVICE_ON_SCORE = `
  addEventListener("message", ({ data }) => data.path?.[0] === "score" && self.device?.destroy())`;
