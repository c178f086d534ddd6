import { describe, expect, it } from "vitest";
import { addRewards, findTakenName, withoutRewards } from "./reward-fields";
import { JUDGE } from "./test-rewards";

const scored = (...fields: string[]) => ({
  place: "line 1",
  best: undefined,
  margin: undefined,
  confidence: 0.5,
  pairs: fields.map((field) => ({
    ...{ prompt: "p", response: "r", field, quantile: 0.5 },
    ...{ reward: 1, score: 10, tokens: 5, truncated: false },
  })),
});

describe("withoutRewards", () => {
  it("gives back what addRewards was given, and no field of another program with it", () => {
    const row = {
      response: "r",
      prompt: "p",
      reward_prompt: 0.5,
      reward: 1,
      score: 2,
      __proto__: null,
      x: 1,
    };
    expect(withoutRewards(addRewards(row, scored("response"), JUDGE, "note"))).toEqual(row);
    expect(withoutRewards(row)).toBe(row);
  });
});

describe("findTakenName", () => {
  it("says which field is not free", () => {
    expect(findTakenName({ reward_chosen: 1 }, ["chosen"])).toBe(
      "expected no field reward_chosen, found one of another program",
    );
    expect(findTakenName({ reward_chosen: 1 }, ["rejected"])).toBeUndefined();
    const rewarded = addRewards({ r: "r", reward_other: "a person's" }, scored("r"), JUDGE);
    expect(findTakenName(rewarded, ["r"])).toBeUndefined();
    expect(findTakenName(rewarded, ["other"])).toBe(
      "expected no field reward_other, found one of another program",
    );
  });

  it("says where two numbers would have one name", () => {
    expect(findTakenName({}, ["a", "score_a"])).toBe(
      "expected one meaning of reward_score_a, found two: rename the response's field",
    );
    expect(findTakenName({}, ["model"])).toBe(
      "expected one meaning of reward_model, found two: rename the response's field",
    );
  });
});
