import { describe, expect, it } from "vitest";
import { confidenceNote, rankRows } from "./rank-rows";
import { JUDGE, toReward } from "./test-rewards";

const row = (...prompts: string[]) => ({
  place: "line 1",
  pairs: prompts.map((prompt, at) => ({ prompt, response: "r", field: "f", at })),
});

const rank = (rows: ReturnType<typeof row>[], rewards: number[], pairwise = false) =>
  rankRows(
    rows,
    rewards.map((reward) => toReward(reward)),
    { ...JUDGE, pairwise },
  );

describe("rankRows", () => {
  it("takes the best reward and its margin over the next", () => {
    const [found] = rank([row("p", "p", "p")], [1, 4, 2]);
    expect(found).toMatchObject({ best: 1, margin: 2, confidence: undefined });
    expect(found!.pairs.map(({ score, quantile }) => [score, quantile])).toEqual([
      [10, 1 / 6],
      [40, 5 / 6],
      [20, 1 / 2],
    ]);
  });

  it("finds no best where the best are equal", () => {
    expect(rank([row("p", "p", "p")], [2, 1, 2])[0]).toMatchObject({ best: undefined, margin: 0 });
  });

  it("takes rewards for equal that are no further apart than the judge can tell", () => {
    const rankWithin = (tieWithin: number) =>
      rankRows(
        [row("p", "p", "p")],
        [0, 2, 2.001].map((reward) => toReward(reward)),
        { ...JUDGE, tieWithin },
      )[0]!;
    expect(rankWithin(0.01)).toMatchObject({ best: undefined, margin: 0 });
    expect(rankWithin(0.0001)).toMatchObject({ best: 2, margin: expect.closeTo(0.001, 9) });
  });

  it("compares nothing across prompts", () => {
    const [found] = rank([row("p", "q")], [1, 2], true);
    expect(found).toMatchObject({ best: undefined, margin: undefined, confidence: undefined });
    expect(confidenceNote(found!, JUDGE)).toBe("none, the prompts differ");
  });

  it("ranks margins among margins, and takes their sigmoid only where the model is pairwise", () => {
    const rows = [row("p", "p"), row("p"), row("p", "p")];
    const rewards = [0, 2, 7, 5, 0];
    expect(rank(rows, rewards).map(({ confidence }) => confidence)).toEqual([0.25, 0.9, 0.75]);
    expect(rank(rows, rewards, true)[0]!.confidence).toBeCloseTo(0.880797, 6);
  });

  it("ranks nothing where there is one of it", () => {
    const [found] = rank([row("p")], [3]);
    expect([found!.confidence, found!.pairs[0]!.quantile]).toEqual([undefined, undefined]);
    expect(confidenceNote(found!, JUDGE)).toBe("none, nothing in this file to rank it by");
  });

  it("throws for rewards of another number", () => {
    expect(() => rank([row("p", "p")], [1])).toThrow(
      new RangeError("rewards: expected one for each of 2 pairs, got 1"),
    );
  });
});
