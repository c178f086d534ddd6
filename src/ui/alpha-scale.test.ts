import { describe, expect, it } from "vitest";
import { clampAlpha, pageAlpha, parseAlpha, parseTypedAlpha, snapAlpha, stepAlpha } from "./alpha-scale";

describe("parseAlpha", () => {
  it.each([
    ["10", 10],
    ["0", 0],
    [" 0.125 ", 0.125],
    ["20", 20],
    ["-0", 0],
  ])("reads %j", (text, alpha) => {
    expect(parseAlpha(text)).toBe(alpha);
  });

  it.each(["", " ", "ten", "-1", "20.01", "NaN", "Infinity", "1,5"])("refuses %j", (text) => {
    expect(parseAlpha(text)).toBeUndefined();
  });
});

describe("parseTypedAlpha", () => {
  it("takes a comma for a point, as either decimal sign is typed in Portuguese", () => {
    expect(["1,5", "1.5", "15"].map(parseTypedAlpha)).toEqual([1.5, 1.5, 15]);
  });

  it.each(["1,5,0", "1,000.5", "25", "1o"])("refuses %j", (text) => {
    expect(parseTypedAlpha(text)).toBeUndefined();
  });
});

describe("stepAlpha", () => {
  it("moves in finer steps below 2", () => {
    expect(stepAlpha(1, 1)).toBe(1.05);
    expect(stepAlpha(2, -1)).toBe(1.95);
    expect(stepAlpha(2, 1)).toBe(2.1);
    expect(stepAlpha(10, -1)).toBe(9.9);
  });

  it("gathers no dust over many steps", () => {
    let alpha = 2;
    for (let step = 0; step < 80; step++) alpha = stepAlpha(alpha, 1);
    expect(alpha).toBe(10);
  });

  it("stops at both ends", () => {
    expect(stepAlpha(20, 1)).toBe(20);
    expect(stepAlpha(0, -1)).toBe(0);
  });
});

describe("pageAlpha", () => {
  it("moves by 1", () => {
    expect(pageAlpha(0.25, 1)).toBe(1.25);
    expect(pageAlpha(0.25, -1)).toBe(0);
  });
});

describe("snapAlpha", () => {
  it("finds the nearest step of the scale", () => {
    expect(snapAlpha(9.9731)).toBe(10);
    expect(snapAlpha(1.026)).toBe(1.05);
  });
});

describe("clampAlpha", () => {
  it("keeps to the scale what a manifest asks for", () => {
    expect([-1, 5, 50].map(clampAlpha)).toEqual([0, 5, 20]);
  });
});
