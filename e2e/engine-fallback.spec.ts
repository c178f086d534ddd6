import { expect, test } from "@playwright/test";
import type { Attempt } from "../src/shared/contract";
import { readFixturePairs } from "../test/fixture";
import {
  changeManifest,
  expectAgreement,
  HARDWARE_GPU,
  keepOnly,
  loadAndScore,
  loadFailure,
  PAGE,
  patchWorker,
} from "./engine-page";

const MODEL = "../../models/bert-seqcls";
const PAIRS = readFixturePairs("bert-seqcls");
/** Enough to score where the backend is slow. */
const SHORT_PAIRS = PAIRS.slice(0, 6);

const NO_GPU = "delete WorkerNavigator.prototype.gpu";
const NO_JSPI = "delete WebAssembly.Suspending";
/** What the software GPU says of its subgroups is 4, and true. */
const CLAIM_SAFE_SUBGROUPS = `
  Object.defineProperty(GPUAdapterInfo.prototype, "subgroupMinSize", { get: () => 32 });
  Object.defineProperty(GPUAdapterInfo.prototype, "subgroupMaxSize", { get: () => 32 })`;

function outcomes(attempts: readonly Attempt[]): string[] {
  return attempts.map(({ executionProvider, outcome }) => `${executionProvider} ${outcome}`);
}

test("falls back to wasm where the browser has no WebGPU", async ({ page }) => {
  await patchWorker(page, NO_GPU);
  await page.goto(PAGE);
  const { model, scores } = await loadAndScore(page, { model: MODEL }, PAIRS);
  expect(outcomes(model.attempts)).toEqual(["webgpu unavailable", "wasm chosen"]);
  expect(model.attempts[0]!.detail).toBe("this browser has no WebGPU here");
  expectAgreement(scores, model.dtype);
});

test("says why nothing works when only WebGPU is wanted", async ({ page }) => {
  await patchWorker(page, NO_GPU);
  await page.goto(PAGE);
  expect(await loadFailure(page, { model: MODEL, device: "webgpu" })).toEqual({
    name: "ScorerError",
    code: "no-execution-provider",
    message: "no backend works: webgpu: this browser has no WebGPU here",
  });
});

test("falls back to wasm when the artifact for WebGPU is wrong", async ({ page }) => {
  await patchWorker(page, HARDWARE_GPU);
  let sha256 = "";
  await page.route("**/model_w8.onnx_data", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ response, body: body.map((byte) => byte ^ 0x20) as Buffer });
  });
  await changeManifest(page, (manifest) => {
    for (const { weights, dtype } of manifest.artifacts) if (dtype === "w8") weights[0]!.sha256 = sha256;
  });
  await page.goto(PAGE);
  sha256 = await page.evaluate(async (url) => {
    const body = await (await fetch(url)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }, `${MODEL}/onnx/model_w8.onnx_data`);
  const { model, scores } = await loadAndScore(page, { model: MODEL }, PAIRS);
  const tried = outcomes(model.attempts).filter((outcome) => !outcome.endsWith("unavailable"));
  expect(tried).toEqual(["webgpu disagreed", "webgpu disagreed", "wasm chosen"]);
  expectAgreement(scores, model.dtype);
});

test("catches an attention kernel that is silently wrong", async ({ page }) => {
  await patchWorker(page, CLAIM_SAFE_SUBGROUPS);
  await changeManifest(page, (manifest) => {
    keepOnly(manifest, ({ dtype }) => dtype === "fp32");
    manifest.artifacts[0]!.graphs.sort((a) => (a.attention === "fused" ? -1 : 1));
  });
  await page.goto(PAGE);
  const { model, scores } = await loadAndScore(page, { model: MODEL, device: "webgpu" }, SHORT_PAIRS);
  expect(model.attempts).toMatchObject([
    { attention: "fused", subgroups: true, outcome: "disagreed" },
    { attention: "fused", subgroups: false, outcome: "chosen" },
  ]);
  expectAgreement(scores, "fp32");
});

test("runs WebGPU where WebAssembly cannot wait for promises", async ({ page }) => {
  await patchWorker(page, NO_JSPI);
  const runtimes: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".zstd")) runtimes.push(request.url());
  });
  await page.goto(PAGE);
  const { model, scores } = await loadAndScore(page, { model: MODEL, device: "webgpu" }, SHORT_PAIRS);
  expect(runtimes).toEqual([expect.stringContaining("asyncify")]);
  expectAgreement(scores, model.dtype);
});

test("runs below a sub-path of a server without special headers", async ({ page }) => {
  await page.route(/\/some\/path\//, async (route) => {
    const response = await route.fetch();
    const kept = Object.entries(response.headers()).filter(([name]) => !name.startsWith("cross-origin-"));
    await route.fulfill({ response, headers: Object.fromEntries(kept) });
  });
  await page.goto(`/some/path${PAGE}`);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const { model, scores } = await loadAndScore(page, { model: MODEL, device: "wasm" }, PAIRS);
  expect(model.threads).toBe(1);
  expect(asked.filter((path) => !path.startsWith("/some/path/"))).toEqual([]);
  expectAgreement(scores, model.dtype);
});

test("uses threads where the page is isolated", async ({ page }) => {
  await page.goto(PAGE);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const { model } = await loadAndScore(page, { model: MODEL, device: "wasm" }, []);
  expect(model.threads).toBe(Math.max(Math.min(cores, 2), Math.min(8, Math.ceil(cores / 2))));
});
