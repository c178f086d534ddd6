import { array, assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { buildBatch, planBatches } from "./batch";

describe("planBatches", () => {
  it("sorts by length and cuts by padded tokens", () => {
    expect(planBatches([3, 9, 4, 8], { maxTokens: 18, maxRows: 8 })).toEqual([
      [1, 3],
      [2, 0],
    ]);
  });

  it("cuts by rows", () => {
    expect(planBatches([5, 5, 5], { maxTokens: 100, maxRows: 2 })).toEqual([[0, 1], [2]]);
  });

  it("gives a sequence over the budget a batch of its own", () => {
    expect(planBatches([512, 3, 512], { maxTokens: 100, maxRows: 8 })).toEqual([[0], [2], [1]]);
  });

  it("makes no batch of nothing", () => {
    expect(planBatches([], { maxTokens: 100, maxRows: 8 })).toEqual([]);
  });

  it("takes every sequence once and keeps to the limits", () => {
    const lengths = array(integer({ min: 1, max: 512 }), { maxLength: 200 });
    const check = property(
      lengths,
      integer({ min: 1, max: 2048 }),
      integer({ min: 1, max: 32 }),
      (all, maxTokens, maxRows) => {
        const batches = planBatches(all, { maxTokens, maxRows });
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
