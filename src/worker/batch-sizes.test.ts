import { describe, expect, it } from "vitest";
import type { TokenBatch } from "./batch";
import { BatchSizes } from "./batch-sizes";

const CHOICES = [8, 4, 16].map((maxTokens) => ({ maxTokens, maxRows: 99, runTokens: 4 }));
const PADDING = { pad: 0, maxTokens: 512 };
/** Not enough to try every size, and enough. */
const [FEW, MANY] = [10, 48].map((count) => Array.from({ length: count }, (_, at) => [at, 1, 1, 1]));

/**
 * What a scorer of these sizes runs, in tokens, and what it wants remembered.
 *
 * @param room a run of more tokens fails
 */
function batchSizes({
  rememberedTokens = undefined as number | undefined,
  careful = false,
  room = Number.POSITIVE_INFINITY,
} = {}) {
  const runs: number[] = [];
  const remembered: (number | undefined)[] = [];
  const session = {
    async run({ rows, dims: [batch, length] }: TokenBatch) {
      if (batch * length > room) throw new Error("out of memory");
      runs.push(batch * length);
      return rows;
    },
  };
  const [first, ...others] = CHOICES;
  const sizes = new BatchSizes(session, {
    choices: [first!, ...others],
    rememberedTokens,
    remember: async (tokens) => void remembered.push(tokens),
    careful,
  });
  const score = async (sequences: number[][], beforeBatch?: () => Promise<void>) => {
    await sizes.score(sequences, { padding: PADDING, ...(beforeBatch && { beforeBatch }) });
    return new Set(runs.splice(0));
  };
  return { sizes, score, remembered };
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
    expect(remembered).toHaveLength(2);
    expect(await score(MANY!)).toEqual(new Set(remembered.slice(1)));
  });

  it("takes the size that is remembered, and tries none", async () => {
    const { score, remembered } = batchSizes({ rememberedTokens: 16 });
    expect(await score(MANY!)).toEqual(new Set([16]));
    expect(remembered).toEqual([]);
  });

  it("tries anew when the remembered size is none of today's", async () => {
    expect(await batchSizes({ rememberedTokens: 5 }).score(MANY!)).toEqual(new Set([4, 8, 16]));
  });

  it("is not stopped twice by a size that fails: the next worker takes the smallest, the next visit the first", async () => {
    const first = batchSizes({ room: 8 });
    await expect(first.score(MANY!)).rejects.toThrow("out of memory");
    expect(first.remembered).toEqual([8]);
    const second = batchSizes({ room: 8, careful: true, rememberedTokens: 16 });
    expect(await second.score(MANY!)).toEqual(new Set([4]));
    expect(second.remembered).toEqual([8]);
  });

  it("forgets a trial that was cancelled: the next visit tries every size", async () => {
    const { score, remembered } = batchSizes();
    const cancelled = () => Promise.reject(new DOMException("scoring was cancelled", "AbortError"));
    await expect(score(MANY!, cancelled)).rejects.toThrow("scoring was cancelled");
    expect(remembered).toEqual([8, undefined]);
  });

  it("tells how large a batch may come", () => {
    const lengths = (sequences: number[][]) => sequences.map(({ length }) => length);
    const { sizes } = batchSizes();
    expect(sizes.largestBatch([4])).toBe(4);
    expect(sizes.largestBatch(lengths(FEW!))).toBe(8);
    expect(sizes.largestBatch(lengths(MANY!))).toBe(16);
    expect(batchSizes({ careful: true }).sizes.largestBatch(lengths(MANY!))).toBe(4);
  });
});
