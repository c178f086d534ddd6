import { expect, type Page, test } from "@playwright/test";
import type { LoadProgress } from "../src/shared/contract";
import { readFixturePairs } from "../test/fixture";
import { changeManifest, expectAgreement, loadAndScore, loadFailure, PAGE, patchWorker } from "./engine-page";

const MODEL = "../../models/bert-seqcls";
const WASM = { model: MODEL, device: "wasm" } as const;
const PAIRS = readFixturePairs("bert-seqcls");

test.beforeEach(({ page }) => page.goto(PAGE));

function watchRequests(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

test("keeps files for the next load, lists and forgets them", async ({ page }) => {
  await loadAndScore(page, WASM, []);
  const requests = watchRequests(page);
  await loadAndScore(page, WASM, []);
  expect(requests.filter((path) => /onnx_data$|\.onnx$|\.zstd$|tokenizer/.test(path))).toEqual([]);
  const kept = await page.evaluate(() => window.engine.listCachedFiles());
  expect(kept).toContainEqual({
    path: "onnx/model_quantized.onnx_data",
    bytes: expect.any(Number),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(kept.every(({ bytes }) => bytes > 0)).toBe(true);
  await page.evaluate(() => window.engine.clearCachedFiles());
  expect(await page.evaluate(() => window.engine.listCachedFiles())).toEqual([]);
});

test("asks for the CPU's runtime before the manifest is there, for the weights once it nearly is", async ({
  page,
}) => {
  const order: string[] = [];
  page.on("request", (request) => order.push(request.url().replace(/.*[./]/, "")));
  const runtime = page.waitForRequest(/\.zstd$/);
  await page.route("**/reward.json", async (route) => {
    await runtime;
    await route.continue();
  });
  const { scores } = await loadAndScore(page, WASM, PAIRS);
  expectAgreement(scores, "q8");
  expect(order.indexOf("zstd")).toBeLessThan(order.indexOf("onnx"));
  expect(order.indexOf("onnx")).toBeLessThan(order.indexOf("onnx_data"));
});

test("loads again when the model's server is gone", async ({ page }) => {
  await loadAndScore(page, WASM, []);
  await page.route("**/models/**", (route) => route.abort());
  const { scores } = await loadAndScore(page, WASM, PAIRS);
  expectAgreement(scores, "q8");
});

test("loads the model it has when a newer one was not fetched whole and the server is gone", async ({
  page,
}) => {
  await loadAndScore(page, WASM, []);
  await changeManifest(page, ({ artifacts }) => {
    for (const file of artifacts.flatMap(({ weights }) => weights)) file.sha256 = "0".repeat(64);
  });
  expect(await loadFailure(page, WASM)).toMatchObject({ code: "integrity-mismatch" });
  await page.route("**/models/**", (route) => route.abort());
  const { scores } = await loadAndScore(page, WASM, PAIRS);
  expectAgreement(scores, "q8");
});

test("fetches anew what went bad in the cache", async ({ page }) => {
  await loadAndScore(page, WASM, []);
  const requests = watchRequests(page);
  const spoilt = await page.evaluate(async () => {
    const cache = await caches.open("reward-scorer");
    const requests = await cache.keys();
    for (const request of requests) await cache.put(request, new Response("bad"));
    return requests.length; // the files, and the manifest
  });
  const { scores } = await loadAndScore(page, WASM, PAIRS);
  expectAgreement(scores, "q8");
  expect(requests.filter((path) => /models|\.zstd$/.test(path))).toHaveLength(spoilt);
});

test("carries on in memory where the browser stores nothing", async ({ page }) => {
  await patchWorker(page, `CacheStorage.prototype.open = () => Promise.reject(new DOMException("blocked"))`);
  const { model, scores } = await loadAndScore(page, WASM, PAIRS);
  expect(model.cached).toBe(false);
  expectAgreement(scores, "q8");
});

test("counts bytes that never fall up to a constant total", async ({ page }) => {
  const { progress } = await loadAndScore(page, WASM, []);
  for (const stage of ["runtime", "model"] as const) {
    const steps = progress.filter((step): step is LoadProgress & { stage: "model" } => step.stage === stage);
    const loaded = steps.map(({ loadedBytes }) => loadedBytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(new Set(steps.map(({ totalBytes }) => totalBytes)).size).toBe(1);
    expect(loaded.at(-1)).toBe(steps[0]!.totalBytes);
  }
  expect(progress.at(-1)).toMatchObject({ stage: "check" });
});

test("says that there is no such model", async ({ page }) => {
  const failure = await loadFailure(page, { model: "../../models/nothing" });
  expect(failure).toMatchObject({ name: "ScorerError", code: "model-not-found" });
});

test("takes an app's page for a missing model", async ({ page }) => {
  const page200 = { contentType: "text/html", body: "<!doctype html>" };
  await page.route("**/models/nothing/**", (route) => route.fulfill(page200));
  const failure = await loadFailure(page, { model: "../../models/nothing" });
  expect(failure).toMatchObject({ code: "model-not-found", message: expect.stringContaining("HTML") });
});

test("says that the runtime could not be fetched", async ({ page }) => {
  await page.route(/\/ort-wasm-[^/]*\.zstd$/, (route) => route.fulfill({ status: 404 }));
  expect(await loadFailure(page, WASM)).toMatchObject({ code: "download-failed" });
  await page.unrouteAll();
  await page.route(/\/ort\.wasm[^/]*\.js$/, (route) => route.abort());
  expect(await loadFailure(page, WASM)).toMatchObject({ code: "download-failed" });
});

test("rejects a file that is not the manifest's", async ({ page }) => {
  await changeManifest(page, ({ files }) => {
    for (const file of files) file.sha256 = "0".repeat(64);
  });
  const failure = await loadFailure(page, WASM);
  expect(failure).toMatchObject({
    code: "integrity-mismatch",
    message: expect.stringMatching(/^tokenizer(_config)?\.json: expected sha256 0{64}, got [0-9a-f]{64}$/),
  });
});

const MEGABYTE = 1_000_000;
const TEXTS = [
  "",
  "\0",
  "\ud800",
  "\udc00 😀",
  "\u202e",
  "e\u0301\u0327",
  "[SEP] [CLS]",
  "a".repeat(MEGABYTE),
  `${"a".repeat(99)} `.repeat(MEGABYTE / 100),
  `e${"\u0301\u0327".repeat(MEGABYTE / 4)}`,
  " ".repeat(MEGABYTE),
  "[SEP]".repeat(MEGABYTE / 5),
  "\u200b".repeat(MEGABYTE / 3) + "!".repeat(600),
  "中".repeat(MEGABYTE / 3),
];

test("scores any text, a megabyte long too", async ({ page }) => {
  const pairs = TEXTS.map((text) => ({ prompt: text, response: text }));
  const { scores } = await loadAndScore(page, WASM, pairs);
  expect(scores).toHaveLength(TEXTS.length);
  expect(scores.filter(({ reward }) => !Number.isFinite(reward))).toEqual([]);
  expect(scores.at(-1)).toMatchObject({
    tokens: 512,
    truncated: true,
    unread: { prompt: { tokens: 333_078, from: 255 }, response: { tokens: 333_079, from: 254 } },
  });
});

test("multiplies rewards by alpha", async ({ page }) => {
  const outcome = await page.evaluate(
    async ([options, pair]) => {
      const scorer = await window.engine.createScorer(options);
      const wrong = { prompt: "", response: 1 as unknown as string };
      return {
        plain: await scorer.score(pair),
        tenfold: await scorer.score(pair, { alpha: -10 }),
        isZero: Object.is((await scorer.score(pair, { alpha: -0 })).score, 0),
        none: await scorer.score([]),
        notANumber: await scorer.score(pair, { alpha: Number.NaN }).catch(({ name }) => name),
        tooLarge: await scorer.score(pair, { alpha: 1e308 }).catch(({ name }) => name),
        notAText: await scorer.score(wrong).catch(({ name }) => name),
      };
    },
    [WASM, PAIRS[0]!] as const,
  );
  const { reward } = outcome.plain;
  expect(outcome).toMatchObject({ tenfold: { reward, score: -10 * reward }, isZero: true, none: [] });
  expect(outcome).toMatchObject({ notANumber: "RangeError", tooLarge: "RangeError", notAText: "TypeError" });
});
