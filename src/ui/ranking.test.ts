import { describe, expect, it } from "vitest";
import { bestFirst, largestReward, verdict } from "./ranking";
import { createSheet, editRow, type Sheet } from "./sheet";
import { testModel } from "./test-model";
import { testReward } from "./test-reward";

function sheetOf(...rewards: (number | undefined)[]): Sheet {
  const sheet = createSheet({ prompt: "p", responses: rewards.map(String) });
  return {
    ...sheet,
    rows: sheet.rows.map((row, at) => {
      const reward = rewards[at];
      const pair = { prompt: sheet.prompt, response: row.response };
      return {
        ...row,
        reading: reward === undefined ? undefined : { pair, reward: testReward(reward), model: testModel() },
      };
    }),
  };
}

describe("bestFirst", () => {
  it("puts high rewards first and rows without one last, in the order written", () => {
    const { rows } = sheetOf(undefined, -0.5, 0.3, undefined);
    expect(bestFirst(rows)).toEqual([2, 1, 0, 3].map((place) => rows[place]));
  });
});

describe("largestReward", () => {
  it("is the largest in absolute value", () => {
    expect(largestReward(sheetOf(0.3, -0.6, undefined).rows)).toBe(0.6);
  });

  it("is 0 when nothing was scored", () => {
    expect(largestReward(sheetOf(undefined).rows)).toBe(0);
  });
});

describe("verdict", () => {
  it("names the best and its lead", () => {
    expect(verdict(sheetOf(-0.5, 0.25), 10)).toEqual({ best: [1], score: 2.5, margin: 7.5 });
  });

  it("has no lead with one response", () => {
    expect(verdict(sheetOf(0.5), 10)).toEqual({ best: [0], score: 5, margin: undefined });
  });

  it("calls level what two decimals cannot tell apart", () => {
    expect(verdict(sheetOf(0.5, -0.1, 0.5004), 1)).toEqual({ best: [0, 2], score: 0.5004, margin: 0 });
  });

  it("goes by the numbers shown, not by those behind them", () => {
    expect(verdict(sheetOf(0.31751, 0.31849), 10)).toMatchObject({ best: [0, 1], margin: 0 });
    expect(verdict(sheetOf(0.31749, 0.31751), 10)).toMatchObject({ best: [1], margin: 0.01 });
  });

  it("takes no account of a reward for an earlier text", () => {
    const sheet = sheetOf(0.25, 0.5);
    expect(verdict(editRow(sheet, sheet.rows[1]!.id, "edited"), 10)).toMatchObject({
      best: [0],
      margin: undefined,
    });
  });

  it("is undefined when nothing was scored", () => {
    expect(verdict(sheetOf(undefined, undefined), 10)).toBeUndefined();
  });
});
