import { expect, type Page, test } from "@playwright/test";
import type { LoadOptions } from "../src/shared/contract";
import { readFixturePairs } from "../test/fixture";
import { clockBy, expectAgreement, HARDWARE_GPU, loadAndScore, PAGE, patchWorker } from "./engine-page";

const MODEL = "../../models/bert-seqcls";
const PAIRS = readFixturePairs("bert-seqcls").slice(0, 6);

const GPU = { executionProvider: "webgpu", msPerPair: expect.any(Number) };
const CPU = { executionProvider: "wasm", msPerPair: expect.any(Number) };

/** A machine on which all takes so many times as long, by the worker's clock; its GPU counts as hardware. */
async function useMachine(page: Page, times: number, more = ""): Promise<void> {
  await page.unrouteAll();
  await patchWorker(page, `${HARDWARE_GPU}; ${clockBy(times)}; ${more}`);
}

/** @returns which backend was taken, what is known of its speed, and what builds of the runtime were fetched */
async function load(page: Page, options: Partial<LoadOptions> = {}) {
  const runtimes: string[] = [];
  page.on("request", (request) => {
    const [, build] = request.url().match(/ort-wasm-simd-threaded\.?(\w*)[^/]*\.zstd$/) ?? [];
    if (build !== undefined) runtimes.push(build);
  });
  const { model, scores } = await loadAndScore(page, { model: MODEL, ...options }, PAIRS);
  page.removeAllListeners("request");
  expectAgreement(scores, model.dtype);
  const { executionProvider, speeds, attempts } = model;
  return { executionProvider, speeds, attempts, runtimes };
}

test("takes WASM at once where the GPU is software, and measures nothing", async ({ page }) => {
  await page.goto(PAGE);
  const { attempts, runtimes, ...rest } = await load(page);
  expect(rest).toEqual({ executionProvider: "wasm", speeds: [] });
  expect(runtimes).toEqual([expect.not.stringMatching(/jspi|asyncify/)]);
  expect(attempts.filter(({ subgroups }) => !subgroups)).toMatchObject([
    { executionProvider: "webgpu", outcome: "unavailable", detail: "the GPU is software: WASM goes first" },
    { executionProvider: "wasm", outcome: "chosen" },
  ]);
});

test("leaves a slow GPU for WASM at the next load, measures once, and forgets with the files", async ({
  page,
}) => {
  await useMachine(page, 1000);
  await page.goto(PAGE);
  const first = await load(page);
  expect(first).toMatchObject({ executionProvider: "webgpu", speeds: [GPU] });
  expect(first.runtimes).toHaveLength(1);
  const second = await load(page);
  expect(second).toMatchObject({ executionProvider: "wasm", speeds: [...first.speeds, CPU] });
  expect(second.speeds[1]!.msPerPair).toBeLessThan(second.speeds[0]!.msPerPair);
  const third = await load(page);
  expect(third).toMatchObject({ executionProvider: "wasm", speeds: second.speeds, runtimes: [] });
  const wanted = await load(page, { device: "webgpu" });
  expect(wanted).toMatchObject({ executionProvider: "webgpu", speeds: [] });
  const files = await page.evaluate(() => window.engine.listCachedFiles());
  expect(files.every(({ path, bytes }) => path !== "" && bytes > 0)).toBe(true);
  await page.evaluate(
    (hashes) => window.engine.forgetFiles(hashes),
    files.map(({ sha256 }) => sha256),
  );
  expect(await load(page)).toMatchObject({ executionProvider: "webgpu", speeds: [GPU] });
});

test("goes back to the GPU when WASM was slower still", async ({ page }) => {
  await useMachine(page, 1000);
  await page.goto(PAGE);
  await load(page);
  await useMachine(page, 1_000_000);
  expect(await load(page)).toMatchObject({ executionProvider: "wasm" });
  expect(await load(page)).toMatchObject({ executionProvider: "webgpu", speeds: [GPU, CPU] });
});

test("goes back to the GPU when WASM, being faster, dies whenever it scores", async ({ page }) => {
  const onCpuDie = `{
    const { requestDevice } = GPUAdapter.prototype;
    let onGpu = false;
    GPUAdapter.prototype.requestDevice = function (...options) {
      onGpu = true;
      return requestDevice.apply(this, options);
    };
    addEventListener("message", ({ data }) => data.path?.[0] === "score" && !onGpu && close());
  }`;
  await useMachine(page, 1000, onCpuDie);
  await page.goto(PAGE);
  await load(page);
  const { before, scores, after } = await page.evaluate(
    async ([model, pairs]) => {
      const scorer = await window.engine.createScorer({ model });
      const before = scorer.model.executionProvider;
      const scores = await scorer.score(pairs);
      return { before, scores, after: scorer.model.executionProvider };
    },
    [MODEL, PAIRS] as const,
  );
  expect([before, after]).toEqual(["wasm", "webgpu"]);
  expectAgreement(scores, "w8");
});

test("stays on a GPU that is fast, and fetches nothing to compare it with", async ({ page }) => {
  await useMachine(page, 0.01);
  await page.goto(PAGE);
  const first = await load(page);
  expect(first).toMatchObject({ executionProvider: "webgpu", speeds: [GPU] });
  const second = await load(page);
  expect(second).toMatchObject({ executionProvider: "webgpu", speeds: first.speeds, runtimes: [] });
});

test("measures at every load where nothing can be kept", async ({ page }) => {
  const refuse = `CacheStorage.prototype.open = () => Promise.reject(new DOMException("blocked"))`;
  await useMachine(page, 1000, refuse);
  await page.goto(PAGE);
  for (const _ of [1, 2]) {
    expect(await load(page)).toMatchObject({ executionProvider: "webgpu", speeds: [GPU] });
  }
});

test("finds the fastest batch size on the first large job, the scores being right, and keeps it with the files", async ({
  page,
}) => {
  await page.goto(PAGE);
  const all = readFixturePairs("bert-seqcls");
  const tokens = all.reduce((sum, { ids }) => sum + ids.length, 0);
  const times = Math.ceil((2 * 3 * 4096) / tokens);
  const many = new Array(times).fill(all).flat();
  const few = await loadAndScore(page, { model: MODEL }, all);
  expect(await keptBatchSizes(page)).toEqual([]);
  const { model, scores } = await loadAndScore(page, { model: MODEL }, many);
  expectAgreement(scores.slice(0, all.length), model.dtype);
  expect(scores).toEqual(new Array(times).fill(few.scores).flat());
  const [size, ...others] = await keptBatchSizes(page);
  expect(["1024", "2048", "4096"]).toContain(size);
  expect(others).toEqual([]);
  await writeKeptBatchSize(page, `${size}.0`); // the same number, which the engine writes otherwise
  await loadAndScore(page, { model: MODEL }, many);
  expect(await keptBatchSizes(page)).toEqual([`${size}.0`]); // tried no more
  const files = await page.evaluate(() => window.engine.listCachedFiles());
  await page.evaluate(
    (hashes) => window.engine.forgetFiles(hashes),
    files.map(({ sha256 }) => sha256),
  );
  expect(await keptBatchSizes(page)).toEqual([]);
});

/** What a browser remembers of batch sizes, in tokens, as it is written. */
function keptBatchSizes(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const cache = await caches.open("reward-scorer");
    const kept = (await cache.keys()).filter(({ url }) => url.includes("figure=batchTokens"));
    return Promise.all(kept.map(async (request) => (await cache.match(request))!.text()));
  });
}

async function writeKeptBatchSize(page: Page, size: string): Promise<void> {
  await page.evaluate(async (size) => {
    const cache = await caches.open("reward-scorer");
    const [kept] = (await cache.keys()).filter(({ url }) => url.includes("figure=batchTokens"));
    await cache.put(kept!, new Response(size));
  }, size);
}
