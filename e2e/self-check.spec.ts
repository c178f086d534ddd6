import { createHash } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { ARTIFACT_RECIPES } from "../src/convert/artifacts";
import { planBertGraph } from "../src/convert/bert-graph";
import { encodeOnnx } from "../src/convert/onnx";
import { openCheckpoint } from "../src/convert/open-checkpoint";
import { readBert } from "../src/convert/read-bert";
import { Shards } from "../src/convert/shards";
import { BREAKS } from "../test/broken-models";
import { openFixture, readFixturePairs } from "../test/fixture";
import { changeManifest, expectAgreement, keepOnly, loadAndScore, PAGE } from "./engine-page";

const MODEL = "../../models/bert-seqcls";
const PAIRS = readFixturePairs("bert-seqcls");

/** Serve the plain fp32 graph broken, its hash put right, and only fp32. */
async function breakPlainGraph(page: Page, name: string): Promise<void> {
  const { config, tensors } = await openCheckpoint(await openFixture("bert-seqcls"));
  const bert = readBert(config, tensors);
  const { format } = ARTIFACT_RECIPES.find(({ dtype }) => dtype === "fp32")!;
  const plan = planBertGraph(bert, format, "plain", new Shards("model.onnx"));
  const graph = encodeOnnx(await BREAKS.find((broken) => broken.name === name)!.graph!(plan, bert));
  const sha256 = createHash("sha256").update(graph).digest("hex");
  await page.route("**/onnx/model.onnx", (route) => route.fulfill({ body: Buffer.from(graph) }));
  await changeManifest(page, (manifest) => {
    keepOnly(manifest, ({ dtype }) => dtype === "fp32");
    const plain = manifest.artifacts[0]!.graphs.find(({ attention }) => attention === "plain")!;
    Object.assign(plain, { bytes: graph.length, sha256 });
  });
  await page.goto(PAGE);
}

test("passes over a graph that is wrong, at the load", async ({ page }) => {
  await breakPlainGraph(page, "attention scale off by 1 %");
  const { model, scores } = await loadAndScore(page, { model: MODEL, device: "wasm" }, PAIRS);
  expect(model.attempts).toMatchObject([
    {
      attention: "plain",
      outcome: "disagreed",
      detail: expect.stringMatching(/^largest error on the goldens/),
    },
    { attention: "fused", outcome: "chosen" },
  ]);
  expectAgreement(scores, "fp32");
});

test("passes over a graph that is wrong on long texts alone, before the first of them is scored", async ({
  page,
}) => {
  await breakPlainGraph(page, "attention sees 64 keys at most");
  const short = PAIRS.filter(({ ids }) => ids.length <= 64);
  const { before, between, after, shortScores, scores } = await page.evaluate(
    async ([model, short, all]) => {
      const scorer = await window.engine.createScorer({ model, device: "wasm" });
      const before = scorer.model.attempts;
      const shortScores = await scorer.score(short);
      const between = scorer.model.attempts;
      const scores = await scorer.score(all);
      return { before, between, after: scorer.model.attempts, shortScores, scores };
    },
    [MODEL, short, PAIRS] as const,
  );
  expect(before).toMatchObject([{ attention: "plain", outcome: "chosen" }]);
  expect(between).toEqual(before);
  expect(after).toMatchObject([
    {
      attention: "plain",
      outcome: "disagreed",
      detail: expect.stringMatching(/^largest error on the goldens/),
    },
    { attention: "fused", outcome: "chosen" },
  ]);
  expect(shortScores).toHaveLength(short.length);
  expectAgreement(scores, "fp32");
});
