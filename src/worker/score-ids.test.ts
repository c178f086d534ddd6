import { array, assert, asyncProperty, integer } from "fast-check";
import { describe, expect, it } from "vitest";
import type { TokenBatch } from "./batch";
import { scoreIds } from "./score-ids";

/** The simplest model there is: the sum of the ids that are not masked. */
async function sum({ inputIds, attentionMask, dims: [rows, length] }: TokenBatch): Promise<number[]> {
  const unmasked = Array.from(inputIds, (id, at) => Number(id * attentionMask[at]!));
  return Array.from({ length: rows }, (_, row) =>
    unmasked.slice(row * length, (row + 1) * length).reduce((total, id) => total + id),
  );
}

const LIMITS = { maxTokens: 8, maxRows: 2, runTokens: 8 };

describe("scoreIds", () => {
  it("returns rewards in the caller's order", async () => {
    const sequences = [[1], [1, 2, 3, 4], [5, 6], [7, 8, 9]];
    const rewards = await scoreIds({ run: sum }, sequences, {
      padding: { pad: 99, maxTokens: 512 },
      limits: LIMITS,
    });
    expect(rewards).toEqual([1, 10, 11, 24]);
  });

  it("returns the reward of every sequence in the caller's order, however they are batched", async () => {
    const sequences = array(array(integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 40 }));
    const check = asyncProperty(
      sequences,
      integer({ min: 1, max: 200 }),
      integer({ min: 1, max: 9 }),
      async (all, maxTokens, maxRows) => {
        const padding = { pad: 7, maxTokens: 512 };
        const rewards = await scoreIds({ run: sum }, all, {
          padding,
          limits: { maxTokens, maxRows, runTokens: 16 },
        });
        expect(rewards).toEqual(all.map((ids) => ids.reduce((total, id) => total + id)));
      },
    );
    await assert(check);
  });

  it("counts what is scored after each batch", async () => {
    const counts: number[] = [];
    const onProgress = (scored: number) => counts.push(scored);
    await scoreIds({ run: sum }, [[1], [2], [3]], {
      padding: { pad: 0, maxTokens: 512 },
      limits: LIMITS,
      onProgress,
    });
    expect(counts).toEqual([2, 3]);
  });

  it("stops before the next batch", async () => {
    const ran: number[][] = [];
    const run = (batch: TokenBatch) => {
      ran.push(batch.rows);
      return sum(batch);
    };
    const beforeBatch = async () => {
      if (ran.length === 1) throw new Error("cancelled");
    };
    const scoring = scoreIds({ run }, [[1], [2], [3]], {
      padding: { pad: 0, maxTokens: 512 },
      limits: LIMITS,
      beforeBatch,
    });
    await expect(scoring).rejects.toThrow("cancelled");
    expect(ran).toEqual([[0, 1]]);
  });

  it("makes nothing of nothing", async () => {
    expect(await scoreIds({ run: sum }, [], { padding: { pad: 0, maxTokens: 512 }, limits: LIMITS })).toEqual(
      [],
    );
  });
});
