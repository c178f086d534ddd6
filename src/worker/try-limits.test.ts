import { array, assert, asyncProperty, integer } from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchLimits, TokenBatch } from "./batch";
import { isEnoughToTry, tryLimits } from "./try-limits";

const PADDING = { pad: 0, maxTokens: 512 };
const [MIDDLE, SMALL, LARGE] = [16, 8, 32].map((maxTokens) => ({ maxTokens, maxRows: 99, runTokens: 4 })) as [
  BatchLimits,
  BatchLimits,
  BatchLimits,
];
const CHOICES = [MIDDLE, SMALL, LARGE] as const;

/** Pairs of 4 tokens, the sum of whose ids is their number. */
function sequencesOf(count: number): number[][] {
  return Array.from({ length: count }, (_, at) => [at, 0, 0, 0]);
}

/** The sum of each row's ids, in so much time a run and a token, by a clock of its own. */
class TimedSums {
  now = 0;
  runs: number[] = [];

  constructor(readonly msOf: (tokens: number, run: number) => number) {}

  async run({ inputIds, dims: [rows, length] }: TokenBatch): Promise<number[]> {
    this.now += this.msOf(rows * length, this.runs.length);
    this.runs.push(rows * length);
    return Array.from({ length: rows }, (_, row) =>
      Number(inputIds.slice(row * length, (row + 1) * length).reduce((sum, id) => sum + id, 0n)),
    );
  }
}

function tryOn(machine: TimedSums, sequences: readonly number[][]) {
  return tryLimits(machine, sequences, CHOICES, { padding: PADDING }, () => machine.now);
}

describe("tryLimits", () => {
  it("takes the size that was fastest for its tokens", async () => {
    const slowToStart = new TimedSums((tokens) => 40 + tokens);
    expect((await tryOn(slowToStart, sequencesOf(96))).fastest).toBe(LARGE);
    const slowWithMuch = new TimedSums((tokens) => tokens ** 2);
    expect((await tryOn(slowWithMuch, sequencesOf(96))).fastest).toBe(SMALL);
  });

  it("stays with the first where another is hardly faster", async () => {
    const machine = new TimedSums((tokens) => 1 + tokens);
    expect((await tryOn(machine, sequencesOf(96))).fastest).toBe(MIDDLE);
  });

  it("is not misled by a first run that is slow, nor by a moment in which the machine was busy", async () => {
    const busyAt = (run: number) => run === 0 || run === 13;
    const machine = new TimedSums((tokens, run) => (busyAt(run) ? 1000 : 1 + tokens));
    expect((await tryOn(machine, sequencesOf(96))).fastest).toBe(MIDDLE);
  });

  it("gives every choice the same lengths", async () => {
    const machine = new TimedSums((tokens) => tokens);
    const lengths = [4, 8, 12, 16].flatMap((length) => Array.from({ length: 6 }, () => length));
    await tryOn(
      machine,
      lengths.map((length) => new Array<number>(length).fill(1)),
    );
    expect(machine.runs).toEqual(Array.from({ length: 6 }, () => [16, 12, 8, 4]).flat());
  });

  it("returns the reward of every sequence in the caller's order, and counts them", async () => {
    const sequences = array(array(integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 40 }));
    const check = asyncProperty(sequences, async (all) => {
      const counts: number[] = [];
      const options = { padding: PADDING, onProgress: (count: number) => counts.push(count) };
      const { rewards } = await tryLimits(new TimedSums(() => 1), all, CHOICES, options);
      expect(rewards).toEqual(all.map((ids) => ids.reduce((sum, id) => sum + id)));
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(counts.at(-1) ?? 0).toBe(all.length);
    });
    await assert(check);
  });
});

describe("isEnoughToTry", () => {
  it("asks for a full batch of the largest size for each of two turns", () => {
    expect(isEnoughToTry(new Array(12).fill(16), CHOICES)).toBe(true);
    expect(isEnoughToTry(new Array(11).fill(16), CHOICES)).toBe(false);
  });
});
