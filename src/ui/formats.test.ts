import { describe, expect, it } from "vitest";
import { createFormats, shownScore } from "./formats";

describe("shownScore", () => {
  it("is the number that two decimals show, however large", () => {
    expect([0.004, -0.126, 1234.567, -1e6].map(shownScore)).toEqual([0, -0.13, 1234.57, -1e6]);
  });
});

describe("createFormats", () => {
  const english = createFormats("en");
  const portuguese = createFormats("pt-BR");

  it("signs scores and rewards with a true minus", () => {
    expect(english.score(-5.781)).toBe("\u22125.78");
    expect(english.score(3.183)).toBe("+3.18");
    expect(english.reward(-0.5781)).toBe("\u22120.578");
    expect(english.reward(0.3183)).toBe("+0.318");
  });

  it("gives what rounds to zero no sign", () => {
    expect(english.score(-0.001)).toBe("0.00");
    expect(english.score(0)).toBe("0.00");
    expect(english.reward(-0)).toBe("0.000");
  });

  it("writes the comma in Portuguese", () => {
    expect(portuguese.score(-5.781)).toBe("\u22125,78");
    expect(portuguese.reward(0.3183)).toBe("+0,318");
  });

  it("writes an alpha with the decimals it has, one at least", () => {
    expect(english.alpha(10)).toBe("10.0");
    expect(english.alpha(0.125)).toBe("0.125");
  });

  it("writes an alpha to be typed on with its own decimals alone", () => {
    expect([10, 1.05, 0.12345678, 1e-7].map(english.typedAlpha)).toEqual([
      "10",
      "1.05",
      "0.12345678",
      "0.0000001",
    ]);
    expect(portuguese.typedAlpha(1.5)).toBe("1,5");
  });

  it("writes bytes in millions", () => {
    expect(english.megabytes(3_240_000)).toBe("3.2");
  });

  it("writes a size with its unit, a few bytes in thousands", () => {
    expect([0, 300, 4_100, 999_000, 1_000_000, 3_240_000].map(english.size)).toEqual([
      "0 kB",
      "1 kB",
      "5 kB",
      "999 kB",
      "1.0 MB",
      "3.2 MB",
    ]);
    expect(portuguese.size(3_240_000)).toBe("3,2 MB");
  });

  it("writes errors with two significant digits", () => {
    expect(english.error(0.0031234)).toBe("0.0031");
  });

  it("writes milliseconds with two significant digits at most", () => {
    expect([0.3451, 4, 87.6, 904, 12_345].map(english.milliseconds)).toEqual([
      "0.35",
      "4",
      "88",
      "900",
      "12,000",
    ]);
  });

  it("groups counts", () => {
    expect(english.count(28996)).toBe("28,996");
  });

  it("joins a list with the language's own word", () => {
    expect(english.list(["1", "2", "3"])).toBe("1, 2, and 3");
    expect(portuguese.list(["1", "2"])).toBe("1 e 2");
  });
});
