import { expect, type Page, type Route, type Worker } from "@playwright/test";
import type { LoadedModel, LoadOptions, LoadProgress, Pair, Score } from "../src/shared/contract";
import type { Artifact, Dtype, Manifest } from "../src/shared/manifest";
import { TOLERANCE } from "../src/shared/tolerance";
import { errorOf, readFixturePairs } from "../test/fixture";

export const PAGE = "/e2e/pages/engine.html";

export interface Outcome {
  model: LoadedModel;
  scores: Score[];
  progress: LoadProgress[];
}

/** An error as it left the page. */
export interface Failure {
  name: string;
  code: string | undefined;
  message: string;
}

/** Load a model, score the pairs, let the model go. */
export async function loadAndScore(
  page: Page,
  options: LoadOptions,
  pairs: readonly Pair[],
): Promise<Outcome> {
  const outcome = await page.evaluate(
    async ([options, pairs]) => {
      const progress: LoadProgress[] = [];
      const onProgress = (step: LoadProgress) => void progress.push(step);
      const scorer = await window.engine.createScorer({ ...options, onProgress });
      const scores = await scorer.score(pairs);
      const { model } = scorer;
      await scorer.release();
      return { model, scores, progress };
    },
    [options, pairs] as const,
  );
  expect(outcome.scores).toHaveLength(pairs.length);
  return outcome;
}

/** The error of a load that is to fail. */
export function loadFailure(page: Page, options: LoadOptions): Promise<Failure> {
  return page.evaluate(
    (options) =>
      window.engine.createScorer(options).then(
        () => ({ name: "none", code: undefined, message: "the model loaded" }),
        ({ name, code, message }) => ({ name, code, message }),
      ),
    options,
  );
}

/**
 * The scores of a fixture's first pairs agree with the reference: errors are a share of the spread of all
 * its rewards, and the mean is judged on all of them.
 */
export function expectAgreement(
  scores: readonly Pick<Score, "reward" | "tokens">[],
  dtype: Dtype,
  fixture = "bert-seqcls",
  allowed = TOLERANCE[dtype],
): void {
  expect(scores).not.toEqual([]);
  const pairs = readFixturePairs(fixture);
  const lengths = pairs.slice(0, scores.length).map(({ ids }) => ids.length);
  expect(scores.map(({ tokens }) => tokens)).toEqual(lengths);
  const rewards = scores.map(({ reward }) => reward);
  const { worst, mean } = errorOf(pairs, rewards);
  expect(worst).toBeLessThanOrEqual(allowed.worst);
  if (scores.length === pairs.length) expect(mean).toBeLessThanOrEqual(allowed.mean);
}

/** The engine's: ONNX Runtime's threads are workers too. */
export function scorerWorker(page: Page): Worker {
  return page.workers().find((worker) => worker.url().includes("scorer-worker"))!;
}

/** Serve a manifest other than the one on disk. */
export async function changeManifest(page: Page, change: (manifest: Manifest) => void): Promise<void> {
  await page.route("**/reward.json", async (route) => {
    const manifest: Manifest = await (await route.fetch()).json();
    change(manifest);
    await route.fulfill({ json: manifest });
  });
}

export function keepOnly(manifest: Manifest, keep: (artifact: Artifact) => boolean): void {
  manifest.artifacts = manifest.artifacts.filter(keep);
}

/** The tests' GPU is software, says so, and comes after WASM: now it says that it is hardware. */
export const HARDWARE_GPU = `
  Object.defineProperty(GPUAdapterInfo.prototype, "isFallbackAdapter", { get: () => false })`;

/** All takes so many times as long, by the clock. */
export const clockBy = (times: number) =>
  `{ const now = performance.now.bind(performance); performance.now = () => now() * ${times}; }`;

/** The worker ends when it is asked to score, or to score this text. */
export const endsOnScore = (text = "") => `addEventListener("message", ({ data }) => {
  if (data.path?.[0] === "score" && JSON.stringify(data).includes("${text}")) close();
})`;

/** Run a line of code before their own in every worker, or in so many of them. */
export async function patchWorker(page: Page, code: string, times = 1000): Promise<void> {
  const patch = async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code};\n${await response.text()}` });
  };
  await page.route(/\/scorer-worker[^/]*\.js$/, patch, { times });
}
