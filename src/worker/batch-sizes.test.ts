import { describe, expect, it } from "vitest";
import type { TokenBatch } from "./batch";
import { BatchSizes } from "./batch-sizes";

const CHOICES = [8, 4, 16].map((maxTokens) => ({ maxTokens, maxRows: 99, runTokens: 4 }));
const PADDING = { pad: 0, maxTokens: 512 };
/** Not enough to try every size, and enough. */
const [FEW, MANY] = [10, 48].map((count) => Array.from({ length: count }, (_, at) => [at, 1, 1, 1]));

/** What a scorer of these sizes runs, in tokens, and what it wants remembered. */
function batchSizes(rememberedTokens?: number) {
  const runs: number[] = [];
  const remembered: number[] = [];
  const session = {
    async run({ rows, dims: [batch, length] }: TokenBatch) {
      runs.push(batch * length);
      return rows;
    },
  };
  const [first, ...others] = CHOICES;
  const sizes = new BatchSizes(session, {
    choices: [first!, ...others],
    rememberedTokens,
    remember: async (tokens) => void remembered.push(tokens),
  });
  const score = async (sequences: number[][]) => {
    await sizes.score(sequences, { padding: PADDING });
    return new Set(runs.splice(0));
  };
  return { score, remembered };
}

describe("BatchSizes", () => {
  it("takes the likeliest size while there is little to score", async () => {
    const { score, remembered } = batchSizes();
    expect(await score(FEW!)).toEqual(new Set([8]));
    expect(remembered).toEqual([]);
  });

  it("tries every size on the first large job, keeps the fastest and has it remembered", async () => {
    const { score, remembered } = batchSizes();
    expect(await score(MANY!)).toEqual(new Set([4, 8, 16]));
    expect(remembered).toHaveLength(1);
    expect(await score(MANY!)).toEqual(new Set(remembered));
  });

  it("takes the size that is remembered, and tries none", async () => {
    const { score, remembered } = batchSizes(16);
    expect(await score(MANY!)).toEqual(new Set([16]));
    expect(remembered).toEqual([]);
  });

  it("tries anew when the remembered size is none of today's", async () => {
    expect(await batchSizes(5).score(MANY!)).toEqual(new Set([4, 8, 16]));
  });
});
