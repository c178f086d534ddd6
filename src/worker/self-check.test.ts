import { describe, expect, it } from "vitest";
import { openFixture } from "../../test/fixture";
import { makeTokenizerFiles } from "../convert/tokenizer-files";
import type { Artifact, Manifest } from "../shared/manifest";
import type { TokenBatch } from "./batch";
import type { Runner } from "./score-ids";
import { selfCheck } from "./self-check";
import { PairTokenizer } from "./tokenizer";

const files = await makeTokenizerFiles(await openFixture("bert-seqcls"), 3000);
const template = { ...files.template, maxTokens: 512, truncation: "longest-first" as const };
const tokenizer = new PairTokenizer(files.tokenizerJson, files.tokenizerConfig, template);

/** Rewards a row by its length; `error` is what a bad kernel makes of its padding. */
function lengthModel(error = (_padding: number) => 0): Runner {
  return {
    async run({ attentionMask, dims: [rows, width] }: TokenBatch) {
      return Array.from({ length: rows }, (_, row) => {
        const mask = attentionMask.subarray(row * width, (row + 1) * width);
        const length = mask.filter((bit) => bit === 1n).length;
        return length + error(width - length);
      });
    },
  };
}

/** Goldens of that model; the last one is too long to be scored at a load, so its reward may be wrong. */
const goldens = ["fog", "the fog lifts", "the ships wait for the fog to lift", "fog ".repeat(300)].map(
  (text) => {
    const { tokens } = tokenizer.encodePair({ prompt: text, response: "" });
    return { prompt: text, response: "", reward: Math.min(tokens, 20), tokens };
  },
);
const artifact = { tolerance: 0.5, rewards: goldens.map(({ reward }) => reward) } as Artifact;
const manifest = { template, goldens } as unknown as Manifest;

describe("selfCheck", () => {
  it("agrees with a session that gives the goldens", async () => {
    const steps: number[][] = [];
    const onProgress = (...step: number[]) => steps.push(step);
    const result = await selfCheck(lengthModel(), { manifest, artifact, tokenizer, onProgress });
    expect(result).toEqual({ checkedPairs: 3, maxError: 0, disagreement: undefined });
    expect(steps).toEqual([
      [0, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  it("disagrees with a session that is off by more than the tolerance", async () => {
    const result = await selfCheck(
      lengthModel(() => -0.75),
      { manifest, artifact, tokenizer },
    );
    expect(result).toMatchObject({
      maxError: 0.75,
      disagreement: "largest error on the goldens: expected at most 0.5, got 0.75",
    });
  });

  it("disagrees with a session that sees padding, however little", async () => {
    const seesPadding = lengthModel((padding) => (padding > 3 ? 0.4 : 0));
    const { disagreement } = await selfCheck(seesPadding, { manifest, artifact, tokenizer });
    expect(disagreement).toMatch(/^batched against single: expected at most 0\.\d+, got 0\.4$/);
  });

  it("disagrees with a tokenizer that is not the model's", async () => {
    const [first, ...rest] = goldens;
    const other = { ...manifest, goldens: [{ ...first!, tokens: first!.tokens - 1 }, ...rest] };
    const result = await selfCheck(lengthModel(), { manifest: other, artifact, tokenizer });
    expect(result).toMatchObject({
      checkedPairs: 0,
      disagreement: `golden "fog": expected ${first!.tokens - 1} tokens, got ${first!.tokens}`,
    });
  });
});
