import { describe, expect, it } from "vitest";
import { readLogits } from "./logits";

describe("readLogits", () => {
  it("returns one reward per row", () => {
    expect(readLogits({ data: Float32Array.of(1.5, -2), dims: [2, 1] }, 2)).toEqual([1.5, -2]);
  });

  it.each([
    { name: "two labels", data: new Float32Array(4), dims: [2, 2], found: "float32 [2, 2]" },
    { name: "one axis", data: new Float32Array(2), dims: [2], found: "float32 [2]" },
    { name: "fewer rows", data: new Float32Array(1), dims: [1, 1], found: "float32 [1, 1]" },
    { name: "another type", data: new Float64Array(2), dims: [2, 1], found: "object [2, 1]" },
  ])("throws for $name", ({ data, dims, found }) => {
    const message = `reward logits: expected float32 [2, 1], got ${found}`;
    expect(() => readLogits({ data, dims }, 2)).toThrow(message);
  });

  it("throws where there is no output of that name", () => {
    expect(() => readLogits(undefined, 1)).toThrow("got undefined []");
  });

  it.each([Number.NaN, Infinity, -Infinity])("throws for %s among good numbers", (value) => {
    expect(() => readLogits({ data: Float32Array.of(1, value), dims: [2, 1] }, 2)).toThrow(
      `reward logits: expected finite numbers, got ${value}`,
    );
  });
});
