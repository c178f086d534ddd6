import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelOf, quantilesOf } from "./quantiles";

describe("quantilesOf", () => {
  it("counts equal values half", () => {
    expect(quantilesOf([3, 1, 2, 2])).toEqual([0.875, 0.125, 0.5, 0.5]);
    expect(quantilesOf([7])).toEqual([0.5]);
    expect(quantilesOf([])).toEqual([]);
  });

  it("agrees with counting", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (values) => {
        const counted = values.map((value) => {
          const below = values.filter((other) => other < value).length;
          const equal = values.filter((other) => other === value).length;
          return (below + equal / 2) / values.length;
        });
        expect(quantilesOf(values)).toEqual(counted);
      }),
    );
  });
});

describe("levelOf", () => {
  it("gives each level to as many", () => {
    const levels = quantilesOf([...Array(20).keys()]).map((quantile) => levelOf(quantile, 5));
    expect([0, 1, 2, 3, 4].map((level) => levels.filter((found) => found === level).length)).toEqual(
      Array(5).fill(4),
    );
    expect(levelOf(quantilesOf([1])[0]!, 5)).toBe(2);
  });
});
