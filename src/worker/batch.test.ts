import { array, assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { type BatchLimits, buildBatch, planBatches } from "./batch";

/** What the batches cost, in tokens. */
function costOf(batches: readonly number[][], lengths: readonly number[], { runTokens }: BatchLimits) {
  const padded = batches.map((rows) => rows.length * Math.max(...rows.map((row) => lengths[row]!)));
  return padded.reduce((sum, tokens) => sum + tokens + runTokens, 0);
}

/** Every way to cut a list into runs of neighbours. */
function cuts(list: readonly number[]): number[][][] {
  if (list.length === 0) return [[]];
  return list.flatMap((_, at) => cuts(list.slice(at + 1)).map((rest) => [list.slice(0, at + 1), ...rest]));
}

describe("planBatches", () => {
  it("sorts by length and cuts by padded tokens", () => {
    expect(planBatches([3, 9, 4, 8], { maxTokens: 18, maxRows: 8, runTokens: 9 })).toEqual([
      [1, 3],
      [2, 0],
    ]);
  });

  it("cuts by rows", () => {
    expect(planBatches([5, 5, 5], { maxTokens: 100, maxRows: 2, runTokens: 9 })).toEqual([[0, 1], [2]]);
  });

  it("gives a sequence over the budget a batch of its own", () => {
    expect(planBatches([512, 3, 512], { maxTokens: 100, maxRows: 8, runTokens: 9 })).toEqual([[0], [2], [1]]);
  });

  it("makes no batch of nothing", () => {
    expect(planBatches([], { maxTokens: 100, maxRows: 8, runTokens: 9 })).toEqual([]);
  });

  it("pads no further than another run costs", () => {
    const limits = { maxTokens: 1000, maxRows: 8, runTokens: 64 };
    expect(planBatches([200, 150, 20], limits)).toEqual([[0, 1], [2]]);
    expect(planBatches([200, 130], limits)).toEqual([[0], [1]]);
  });

  it("finds the batches that cost least", () => {
    const lengths = array(integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 9 });
    const check = property(lengths, integer({ min: 0, max: 60 }), (all, runTokens) => {
      const limits = { maxTokens: 90, maxRows: 4, runTokens };
      const sorted = all.map((_, at) => at).sort((a, b) => all[b]! - all[a]!);
      const allowed = cuts(sorted).filter((batches) =>
        batches.every(
          (rows) => rows.length === 1 || (rows.length <= 4 && rows.length * all[rows[0]!]! <= 90),
        ),
      );
      const least = Math.min(...allowed.map((batches) => costOf(batches, all, limits)));
      expect(costOf(planBatches(all, limits), all, limits)).toBe(least);
    });
    assert(check);
  });

  it("takes every sequence once and keeps to the limits", () => {
    const lengths = array(integer({ min: 1, max: 512 }), { maxLength: 200 });
    const check = property(
      lengths,
      integer({ min: 1, max: 2048 }),
      integer({ min: 1, max: 32 }),
      (all, maxTokens, maxRows) => {
        const batches = planBatches(all, { maxTokens, maxRows, runTokens: 64 });
        expect(batches.flat().toSorted((a, b) => a - b)).toEqual(all.map((_, index) => index));
        for (const rows of batches) {
          const padded = rows.length * Math.max(...rows.map((row) => all[row]!));
          expect(rows.length === 1 || (padded <= maxTokens && rows.length <= maxRows)).toBe(true);
        }
      },
    );
    assert(check);
  });
});

describe("buildBatch", () => {
  it("pads on the right to a multiple of 4 and masks the padding", () => {
    const batch = buildBatch([[7], [1, 2, 3], [4, 5]], [1, 2], { pad: 99, maxTokens: 512 });
    expect(batch).toEqual({
      rows: [1, 2],
      inputIds: BigInt64Array.of(1n, 2n, 3n, 99n, 4n, 5n, 99n, 99n),
      attentionMask: BigInt64Array.of(1n, 1n, 1n, 0n, 1n, 1n, 0n, 0n),
      dims: [2, 4],
    });
  });

  it("never makes a sequence longer than the model takes", () => {
    expect(buildBatch([[1, 2, 3, 4, 5]], [0], { pad: 0, maxTokens: 6 }).dims).toEqual([1, 6]);
  });
});
