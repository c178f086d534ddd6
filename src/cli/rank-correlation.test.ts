import { describe, expect, it } from "vitest";
import { rankCorrelation } from "./rank-correlation";

describe("rankCorrelation", () => {
  it("is 1 for the same order and -1 for the opposite one", () => {
    expect(rankCorrelation([1, 2, 30], [-5, 0, 0.1])).toBe(1);
    expect(rankCorrelation([1, 2, 30], [3, 2, 1])).toBe(-1);
  });

  it("gives equal values their mean rank", () => {
    expect(rankCorrelation([1, 1, 2], [1, 1, 2])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 1, 2], [1, 2, 3])).toBeCloseTo(Math.sqrt(3) / 2, 12);
  });
});
