import { describe, expect, it } from "vitest";
import { bestResponse } from "./best-response";

describe("bestResponse", () => {
  it.each<[number[], number | undefined]>([
    [[], undefined],
    [[3], undefined],
    [[1, 2, -3], 1],
    [[-2, -1.5], 1],
    [[2, 2, 1], undefined],
    [[1.001, 1.002], undefined], // both +1.00 on the screen
    [[1.001, 1.002, 0], undefined],
    [[1.01, 1.02], 1],
    [[0.001, -0.001], undefined],
  ])("finds in %j the place %j", (scores, place) => {
    expect(bestResponse(scores)).toBe(place);
  });
});
