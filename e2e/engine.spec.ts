import { expect, test } from "@playwright/test";
import { DEMO_TOLERANCE } from "../src/shared/tolerance";
import { FIXTURES, readFixturePairs } from "../test/fixture";
import { type Cell, measureCell } from "../test/matrix-cell";
import { expectAgreement, loadAndScore, PAGE } from "./engine-page";
import { openBrowserCell } from "./matrix-page";

/** What a load takes first. */
const FIRST: Cell[] = [
  { backend: "WebGPU", dtype: "w8", attention: "fused" },
  { backend: "WebGPU", dtype: "fp32", attention: "plain" },
  { backend: "WASM, threads", dtype: "q8", attention: "fused" },
  { backend: "WASM, threads", dtype: "fp32", attention: "plain" },
];

const REST: Cell[] = [
  { backend: "WebGPU", dtype: "w8", attention: "plain" },
  { backend: "WebGPU", dtype: "fp32", attention: "fused" },
  { backend: "WASM, threads", dtype: "fp32", attention: "fused" },
  { backend: "WASM, 1 thread", dtype: "q8", attention: "fused" },
  { backend: "WASM, 1 thread", dtype: "fp32", attention: "plain" },
  { backend: "WASM, 1 thread", dtype: "fp32", attention: "fused" },
];

/** The other fixtures hold the weights of these two in other files or roundings: the rest adds nothing there. */
const WHOLE = ["bert-reward", "bert-seqcls"];

for (const fixture of FIXTURES) {
  for (const cell of WHOLE.includes(fixture) ? [...FIRST, ...REST] : FIRST) {
    const { backend, dtype, attention } = cell;
    test(`keeps every tolerance in every form: ${fixture}, ${dtype} ${attention} on ${backend}`, async ({
      page,
    }) => {
      const pairs = readFixturePairs(fixture);
      const { model, score } = await openBrowserCell(page, `../../models/${fixture}`, cell);
      expect(model).toMatchObject({ dtype, cached: true });
      expect(model.attempts.at(-1)).toMatchObject({ outcome: "chosen", attention });
      if (backend === "WASM, 1 thread") expect(model.threads).toBe(1);
      // WebAssembly gives the same bits on every machine: here as where the model was converted.
      if (dtype === "q8") expect(model.attempts.at(-1)!.maxError).toBe(0);
      const { problems } = await measureCell(cell, pairs, score);
      expect(problems).toEqual([]);
    });
  }
}

for (const device of ["webgpu", "wasm"] as const) {
  test(`agrees with the reference: the model that ships with the page, on ${device}`, async ({ page }) => {
    await page.goto(PAGE);
    const pairs = readFixturePairs("demo");
    const { model, scores } = await loadAndScore(page, { model: "../../models/demo", device }, pairs);
    const allowed = { worst: DEMO_TOLERANCE, mean: DEMO_TOLERANCE };
    expectAgreement(scores, model.dtype, "demo", allowed);
  });
}
