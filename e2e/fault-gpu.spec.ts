import { expect, type Page } from "@playwright/test";
import type { Attempt } from "../src/shared/contract";
import { expectAgreement, HARDWARE_GPU, loadAndScore, loadFailure, PAGE, patchWorker } from "./engine-page";
import { expectNotice, expectNoWorker, expectPageRight, MODEL, MODEL_PAGE, PAIRS, test } from "./fault";

/** The page as MODEL_PAGE, on whatever works. */
const AUTO_PAGE = MODEL_PAGE.replace("device=wasm&", "");

const NO_ADAPTER = "GPU.prototype.requestAdapter = async () => null";
const NO_DEVICE = `
  GPUAdapter.prototype.requestDevice = async () => {
    throw new DOMException("refused by the driver", "OperationError");
  }`;

/** Limits from so many milliseconds on pass 20 times faster. */
const hasten = (fromMs: number) => `
  const { setTimeout: inTime } = self;
  self.setTimeout = (run, ms, ...rest) => inTime(run, ms < ${fromMs} ? ms : ms / 20, ...rest)`;
const ADAPTER_NEVER = `${hasten(20_000)}; GPU.prototype.requestAdapter = () => new Promise(() => undefined)`;
const DEVICE_NEVER = `${hasten(20_000)}; GPUAdapter.prototype.requestDevice = () => new Promise(() => undefined)`;
/** ONNX Runtime for WebGPU never starts; its build for WASM, which comes next, does. */
const SESSION_NEVER = `${hasten(120_000)};
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = (...source) => {
    WebAssembly.instantiate = instantiate;
    return new Promise(() => undefined);
  }`;
/** Results are never read back: no run ends. */
const RUN_NEVER = `${hasten(120_000)}; GPUBuffer.prototype.mapAsync = () => new Promise(() => undefined)`;
const BAD_SHADERS = `
  const { createShaderModule } = GPUDevice.prototype;
  GPUDevice.prototype.createShaderModule = function (module) {
    return createShaderModule.call(this, { ...module, code: module.code + " no shader" });
  }`;
const OUT_OF_MEMORY = `
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (buffer) {
    const error = new GPUOutOfMemoryError("no room for the buffer");
    this.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
    return createBuffer.call(this, buffer);
  }`;

/** Break a GPU that goes first on `auto`. */
function breakGpu(page: Page, code: string): Promise<void> {
  return patchWorker(page, `${HARDWARE_GPU}; ${code}`);
}

function tried(attempts: readonly Attempt[]): string[] {
  return attempts
    .filter(({ outcome }) => outcome !== "unavailable" || attempts.length === 2)
    .map(({ executionProvider, outcome, detail }) => `${executionProvider} ${outcome}: ${detail}`);
}

/** On `auto` the engine gives the right scores on WASM, and says of WebGPU what is expected, once a candidate. */
async function expectLeftForWasm(page: Page, ...details: RegExp[]): Promise<void> {
  await page.goto(PAGE);
  const { model, scores } = await loadAndScore(page, { model: MODEL }, PAIRS);
  const chosen = /^wasm chosen: agrees on \d+ goldens$/;
  expect(tried(model.attempts)).toEqual([...details, chosen].map((words) => expect.stringMatching(words)));
  expectAgreement(scores, "q8");
  await expectNoWorker(page);
}

test("leaves for wasm where there is no adapter", async ({ page }) => {
  await breakGpu(page, NO_ADAPTER);
  await expectLeftForWasm(page, /^webgpu unavailable: no WebGPU adapter$/);
});

test("leaves for wasm where the adapter gives no device", async ({ page }) => {
  await breakGpu(page, NO_DEVICE);
  const detail = /^webgpu failed: GPU device: refused by the driver$/;
  await expectLeftForWasm(page, detail, detail);
});

test("leaves for wasm when asking for an adapter is never answered", async ({ page }) => {
  await breakGpu(page, ADAPTER_NEVER);
  await expectLeftForWasm(page, /^webgpu unavailable: WebGPU failed: no answer within 20 s$/);
});

test("leaves for wasm when asking for a device is never answered, and does not ask twice", async ({
  page,
}) => {
  await breakGpu(page, DEVICE_NEVER);
  await expectLeftForWasm(page, /^webgpu failed: GPU device: no answer within 20 s$/);
});

test("leaves for wasm when the session is never made", async ({ page }) => {
  await breakGpu(page, SESSION_NEVER);
  await expectLeftForWasm(page, /^webgpu failed: session: no answer within 120 s$/);
});

test("leaves for wasm when a run never ends", async ({ page }) => {
  await breakGpu(page, RUN_NEVER);
  await expectLeftForWasm(page, /^webgpu failed: run: no answer within 120 s$/);
});

test("leaves for wasm when no shader compiles", async ({ page, unhandled }) => {
  await breakGpu(page, BAD_SHADERS);
  const detail = /^webgpu failed: (session|run): .*shader/i;
  await expectLeftForWasm(page, detail, detail);
  expect(unhandled.splice(0).join()).toContain('[Invalid ShaderModule "Slice"]'); // ONNX Runtime's own words
});

test("leaves for wasm when the GPU runs out of memory", async ({ page }) => {
  await breakGpu(page, OUT_OF_MEMORY);
  const detail = /^webgpu failed: session: the GPU reported: out of memory: no room for the buffer$/;
  await expectLeftForWasm(page, detail, detail);
});

test("says that memory ran out when only WebGPU is wanted", async ({ page }) => {
  await breakGpu(page, OUT_OF_MEMORY);
  await page.goto(PAGE);
  const failure = await loadFailure(page, { model: MODEL, device: "webgpu" });
  expect(failure).toMatchObject({ code: "out-of-memory", message: expect.stringContaining("no room") });
  await expectNoWorker(page);
});

test("does not ask for the GPU when only wasm is wanted", async ({ page }) => {
  await patchWorker(page, `GPU.prototype.requestAdapter = () => new Promise(() => undefined)`);
  await page.goto(MODEL_PAGE);
  await expectPageRight(page);
});

test("shows the page on wasm, and why the GPU was left", async ({ page }) => {
  await breakGpu(page, NO_DEVICE);
  await page.goto(AUTO_PAGE);
  await expectPageRight(page);
  await page.getByRole("button", { name: /^WASM · .*WebGPU failed/ }).click();
  await expect(page.getByText("GPU device: refused by the driver").first()).toBeVisible();
});

test("says on the page why nothing works, and what to do", async ({ page }) => {
  await breakGpu(page, NO_ADAPTER);
  await page.goto(`${AUTO_PAGE}&device=webgpu`);
  await expectNotice(page, "No backend could run the model", "webgpu: no WebGPU adapter");
  await expectNoWorker(page);
  await page.goto(MODEL_PAGE); // what the notice advises
  await expectPageRight(page);
});
