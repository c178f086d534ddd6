import { expect, test } from "@playwright/test";
import { BATCH_TOLERANCE, DEMO_TOLERANCE } from "../src/shared/tolerance";
import { FIXTURES } from "../test/fixture";
import { changeManifest, expectAgreement, keepOnly, loadAndScore, PAGE, referencePairs } from "./engine-page";

const MODEL = "../../models/bert-seqcls";
const PAIRS = referencePairs("bert-seqcls");

test.beforeEach(({ page }) => page.goto(PAGE));

const CASES = [
  { device: "webgpu", dtype: "w8" },
  { device: "webgpu", dtype: "fp32" },
  { device: "wasm", dtype: "q8" },
  { device: "wasm", dtype: "fp32" },
] as const;

for (const fixture of FIXTURES) {
  for (const { device, dtype } of CASES) {
    test(`agrees with the reference: ${fixture}, ${dtype} on ${device}`, async ({ page }) => {
      await changeManifest(page, (manifest) => keepOnly(manifest, (artifact) => artifact.dtype === dtype));
      const pairs = referencePairs(fixture);
      const { model, scores } = await loadAndScore(page, { model: `../../models/${fixture}`, device }, pairs);
      expect(model).toMatchObject({ executionProvider: device, dtype, cached: true });
      expect(model.attempts.at(-1)).toMatchObject({ outcome: "chosen" });
      // WebAssembly gives the same bits on every machine: here as where the model was converted.
      if (dtype === "q8") expect(model.attempts.at(-1)!.maxError).toBe(0);
      expectAgreement(scores, dtype, fixture);
    });
  }
}

for (const device of ["webgpu", "wasm"] as const) {
  test(`agrees with the reference: the model that ships with the page, on ${device}`, async ({ page }) => {
    const pairs = referencePairs("demo");
    const { model, scores } = await loadAndScore(page, { model: "../../models/demo", device }, pairs);
    const allowed = { worst: DEMO_TOLERANCE, mean: DEMO_TOLERANCE };
    expectAgreement(scores, model.dtype, "demo", allowed);
  });
}

for (const device of ["webgpu", "wasm"] as const) {
  test(`gives a pair the same reward alone and in a batch on ${device}`, async ({ page }) => {
    // The shortest, so that one batch holds them all and every one but the longest is padded.
    const pairs = PAIRS.toSorted((a, b) => a.ids.length - b.ids.length).slice(0, 8);
    const { scores, alone } = await page.evaluate(
      async ([model, device, pairs]) => {
        const scorer = await window.engine.createScorer({ model, device });
        const scores = await scorer.score(pairs);
        const alone = [];
        for (const pair of pairs) alone.push(await scorer.score(pair));
        return { scores, alone };
      },
      [MODEL, device, pairs] as const,
    );
    const rewards = PAIRS.map(({ score }) => score);
    const spread = Math.max(...rewards) - Math.min(...rewards);
    const errors = scores.map(({ reward }, at) => Math.abs(reward - alone[at]!.reward));
    expect(Math.max(...errors)).toBeLessThanOrEqual(BATCH_TOLERANCE * spread);
  });
}

test("gives a pair the very same reward however far it is padded, on wasm", async ({ page }) => {
  const { alone, padded } = await page.evaluate(
    async ([model, pairs]) => {
      const scorer = await window.engine.createScorer({ model, device: "wasm" });
      const alone: number[] = [];
      for (const pair of pairs) alone.push((await scorer.score(pair)).reward);
      const padded = (await scorer.score(pairs)).map(({ reward }) => reward);
      return { alone, padded };
    },
    [MODEL, PAIRS.filter(({ ids }) => ids.length < 100)] as const,
  );
  expect(padded).toEqual(alone);
});
