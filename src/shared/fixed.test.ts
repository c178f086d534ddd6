import { describe, expect, it } from "vitest";
import { fixed } from "./fixed";

describe("fixed", () => {
  it.each([
    [-0.001, "0.00"],
    [-0, "0.00"],
    [-0.005, "-0.01"],
    [1.5, "1.50"],
    [1e21, "1e+21"],
    [Number.NaN, "NaN"],
  ])("writes %d as %s", (value, text) => {
    expect(fixed(value, 2)).toBe(text);
  });
});
