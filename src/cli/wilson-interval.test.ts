import { describe, expect, it } from "vitest";
import { wilsonInterval } from "./wilson-interval";

describe("wilsonInterval", () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("is as Newcombe (1998), table I, has it for %d of %d", (hits, trials, low, high) => {
    const interval = wilsonInterval(hits, trials)!;
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it("is undefined for no trials", () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
  });
});
