import { describe, expect, it } from "vitest";
import { openFixture } from "../../test/fixture";
import { makeTokenizerFiles } from "../convert/tokenizer-files";
import type { Artifact, Manifest } from "../shared/manifest";
import type { TokenBatch } from "./batch";
import type { Runner } from "./score-ids";
import { SelfCheck } from "./self-check";
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

/** A session wrong on long texts alone. */
function wrongBeyond(tokens: number): Runner {
  return {
    async run(batch: TokenBatch) {
      const rewards = await lengthModel().run(batch);
      return rewards.map((reward) => (reward > tokens ? reward + 1 : reward));
    },
  };
}

const LONG = [100, 200, 200];
/** Goldens of that model, three of them too long for a load. */
const texts = ["fog", "the fog lifts", "the ships wait for the fog to lift"];
const goldens = [...texts, ...LONG.map((count) => "fog ".repeat(count))].map((text) => {
  const { tokens } = tokenizer.encodePair({ prompt: text, response: "" });
  return { prompt: text, response: "", reward: tokens, tokens };
});
const [longest] = goldens.map(({ tokens }) => tokens).sort((a, b) => b - a);
const artifact = { dtype: "w8", tolerance: 5, rewards: goldens.map(({ reward }) => reward) } as Artifact;
const manifest = { template, goldens } as unknown as Manifest;
const options = { manifest, artifact, tokenizer };

describe("SelfCheck", () => {
  it("agrees with a session that gives the goldens", async () => {
    const steps: number[][] = [];
    const result = await new SelfCheck(lengthModel(), options).start((...step) => steps.push(step));
    expect(result).toEqual({ checkedPairs: 3, maxError: 0, disagreement: undefined });
    expect(steps).toEqual([
      [0, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  it("disagrees with a session that is off by more than a tenth of the tolerance", async () => {
    const off = lengthModel(() => -0.75);
    expect(await new SelfCheck(off, options).start()).toMatchObject({
      maxError: 0.75,
      disagreement: "largest error on the goldens: expected at most 0.5, got 0.75",
    });
  });

  it("goes by what the artifact itself gave, not by the reference", async () => {
    const off = { ...artifact, rewards: artifact.rewards.map((reward) => reward + 3) };
    const check = (session: Runner) => new SelfCheck(session, { ...options, artifact: off }).start();
    expect(await check(lengthModel(() => 3))).toMatchObject({ maxError: 0, disagreement: undefined });
    expect(await check(lengthModel())).toMatchObject({ maxError: 3 });
  });

  it("disagrees with a session that gives no number", async () => {
    const off = lengthModel(() => Number.NaN);
    const { disagreement } = await new SelfCheck(off, options).start();
    expect(disagreement).toBe("largest error on the goldens: expected at most 0.5, got NaN");
  });

  it("disagrees with a session that sees padding, however little", async () => {
    const seesPadding = lengthModel((padding) => (padding > 3 ? 0.4 : 0));
    const check = new SelfCheck(seesPadding, options);
    const { disagreement } = await check.start();
    expect(disagreement).toMatch(/^batched against single: expected at most 0\.\d+, got 0\.4$/);
    expect(await check.cover(longest!, 1000)).toMatchObject({ disagreement }); // for ever
  });

  it("disagrees with a tokenizer that is not the model's", async () => {
    const [first, ...rest] = goldens;
    const other = { ...manifest, goldens: [{ ...first!, tokens: first!.tokens - 1 }, ...rest] };
    const result = await new SelfCheck(lengthModel(), { ...options, manifest: other }).start();
    expect(result).toMatchObject({
      checkedPairs: 0,
      disagreement: `golden "fog": expected ${first!.tokens - 1} tokens, got ${first!.tokens}`,
    });
  });

  it("scores longer goldens only as far as pairs need them, and each once", async () => {
    let runs = 0;
    const counted: Runner = {
      run(batch) {
        runs++;
        return lengthModel().run(batch);
      },
    };
    const check = new SelfCheck(counted, options);
    await check.start();
    const runsAfter = async (tokens: number) => {
      const { checkedPairs } = await check.cover(tokens, 0);
      return [runs, checkedPairs];
    };
    expect(await runsAfter(3)).toEqual([2, 3]);
    expect(await runsAfter(50)).toEqual([3, 4]);
    expect(await runsAfter(goldens[3]!.tokens)).toEqual([3, 4]);
    expect(await runsAfter(longest!)).toEqual([5, 6]);
    expect(await runsAfter(longest! + 1)).toEqual([5, 6]);
  });

  it("tells the largest error of all goldens so far", async () => {
    const offOnShort: Runner = {
      async run(batch) {
        const rewards = await lengthModel().run(batch);
        return rewards.map((reward) => (reward > 50 ? reward : reward + 0.25));
      },
    };
    const check = new SelfCheck(offOnShort, options);
    await check.start();
    expect(await check.cover(longest!, 0)).toMatchObject({ maxError: 0.25, disagreement: undefined });
  });

  it("disagrees for ever with a session that is wrong on long texts alone", async () => {
    const check = new SelfCheck(wrongBeyond(goldens[3]!.tokens), options);
    expect((await check.start()).disagreement).toBeUndefined();
    expect((await check.cover(50, 0)).disagreement).toBeUndefined();
    const disagreement = "largest error on the goldens: expected at most 0.5, got 1";
    expect(await check.cover(longest!, 0)).toMatchObject({ maxError: 1, disagreement });
    expect(await check.cover(3, 0)).toMatchObject({ disagreement });
  });

  it("disagrees before the first batch as large as one that goes wrong, and not before", async () => {
    const wrongPast = (tokens: number): Runner => ({
      async run(batch) {
        const rewards = await lengthModel().run(batch);
        return rewards.map((reward, row) => ((row + 1) * batch.dims[1] > tokens ? reward + 1 : reward));
      },
    });
    const check = new SelfCheck(wrongPast(300), options);
    await check.start();
    expect((await check.cover(3, 250)).disagreement).toBeUndefined();
    const disagreement = "largest error on the goldens: expected at most 0.5, got 1";
    expect(await check.cover(3, 350)).toMatchObject({ disagreement });
  });

  it("disagrees with a session that sees padding between long rows alone", async () => {
    const seesLongPadding: Runner = {
      async run(batch) {
        const error = batch.dims[1] > 64 ? (padding: number) => Number(padding > 3) : undefined;
        return lengthModel(error).run(batch);
      },
    };
    const check = new SelfCheck(seesLongPadding, options);
    await check.start();
    expect((await check.cover(100, 100)).disagreement).toBeUndefined();
    expect((await check.cover(100, 1000)).disagreement).toBeDefined();
  });

  it("scores each size of batch once", async () => {
    const batches: [rows: number, length: number][] = [];
    const counted: Runner = {
      run(batch) {
        batches.push(batch.dims);
        return lengthModel().run(batch);
      },
    };
    const check = new SelfCheck(counted, options);
    const { checkedPairs } = await check.start();
    const batchesFor = async (tokens: number, batchTokens: number) => {
      batches.length = 0;
      expect(await check.cover(tokens, batchTokens)).toMatchObject({ disagreement: undefined });
      return batches.filter(([rows]) => rows > 1);
    };
    const short = goldens[2]!.tokens;
    const padded = (tokens: number) => 4 * Math.ceil(tokens / 4);
    expect(await batchesFor(3, 5 * short)).toEqual([[5, padded(short)]]);
    expect(await batchesFor(3, 5 * short)).toEqual([]);
    expect(await batchesFor(3, 4 * short)).toEqual([]);
    expect(await batchesFor(longest!, 5 * short)).toEqual([]);
    expect(await batchesFor(longest!, 2 * longest!)).toEqual([
      [Math.ceil((2 * longest!) / short), padded(short)],
      [2, padded(longest!)],
    ]);
    expect(await check.cover(longest!, 0)).toMatchObject({ checkedPairs: checkedPairs + LONG.length });
  });

  it("scores a golden again whose run was cancelled", async () => {
    const check = new SelfCheck(lengthModel(), options);
    await check.start();
    const cancel = () => Promise.reject(new DOMException("cancelled", "AbortError"));
    await expect(check.cover(50, 0, cancel)).rejects.toThrow("cancelled");
    expect(await check.cover(50, 0)).toMatchObject({ checkedPairs: 4 });
  });
});
