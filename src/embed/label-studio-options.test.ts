import { describe, expect, it } from "vitest";
import { checkOptions, type RewardsOptions } from "./label-studio-options";

const PAIR = { prompt: "prompt", responses: ["a", "b"] };

describe("checkOptions", () => {
  it("takes any number of responses without a Pairwise", () => {
    expect(() => checkOptions({ prompt: "prompt", responses: ["a"] })).not.toThrow();
    expect(() => checkOptions({ prompt: "prompt", responses: ["a", "b", "c"] })).not.toThrow();
  });

  it.each<[string, RewardsOptions, Error]>([
    [
      "no response",
      { ...PAIR, responses: [] },
      new RangeError("responses: expected one field at least, got none"),
    ],
    [
      "a Pairwise of three",
      { ...PAIR, responses: ["a", "b", "c"], pairwise: "better" },
      new RangeError("pairwise: expected 2 responses, got 3"),
    ],
    [
      "a choice for what is no response",
      { ...PAIR, choices: { name: "best", of: { a: "A", c: "C" } } },
      new TypeError("choices: expected one of a, b, got c"),
    ],
    [
      "a rating of what is no response",
      { ...PAIR, rating: { of: { prompt: "stars" }, atLeast: [0] } },
      new TypeError("rating: expected one of a, b, got prompt"),
    ],
    [
      "thresholds that do not rise",
      { ...PAIR, rating: { of: { a: "stars" }, atLeast: [0, 1, 1] } },
      new RangeError("rating: expected rising thresholds, got 0, 1, 1"),
    ],
    [
      "a threshold that is no number",
      { ...PAIR, rating: { of: { a: "stars" }, atLeast: [Number.NaN] } },
      new RangeError("rating: expected rising thresholds, got NaN"),
    ],
  ])("throws for %s", (_, options, error) => {
    expect(() => checkOptions(options)).toThrow(error);
  });
});
