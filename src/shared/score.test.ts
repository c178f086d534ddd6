import { assert, double, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreOf } from "./score";

const finite = double({ noNaN: true, noDefaultInfinity: true });
/** Far from where doubles end, at either end: what a product does to them is rounded once. */
const ordinary = double({ noNaN: true, min: -1e100, max: 1e100 }).filter(
  (value) => value === 0 || Math.abs(value) > 1e-100,
);

describe("scoreOf", () => {
  it("gives a finite number that is not −0, or a RangeError, for any alpha and reward", () => {
    const check = property(finite, finite, (reward, alpha) => {
      if (!Number.isFinite(alpha * reward)) {
        expect(() => scoreOf(reward, alpha)).toThrow(RangeError);
        return;
      }
      const score = scoreOf(reward, alpha);
      expect(score === alpha * reward).toBe(true);
      expect(Object.is(score, -0)).toBe(false);
    });
    assert(check, {
      examples: [
        [-0, 1],
        [0, -1],
        [12, 1e308],
        [-12, 1e308],
        [5e-324, -0.5],
      ],
    });
  });

  it("is linear in alpha", () => {
    const check = property(ordinary, ordinary, ordinary, (reward, a, b) => {
      const [sum, both] = [scoreOf(reward, a) + scoreOf(reward, b), scoreOf(reward, a + b)];
      // Four roundings: of the sum of alphas, of the products and of their sum.
      const dust = 4 * Number.EPSILON * Math.abs(reward) * (Math.abs(a) + Math.abs(b));
      expect(Math.abs(sum - both)).toBeLessThanOrEqual(dust);
      expect(scoreOf(reward, 2 * a)).toBe(2 * scoreOf(reward, a) + 0);
    });
    assert(check);
  });

  it("keeps the order of rewards for a positive alpha", () => {
    const check = property(ordinary, ordinary, ordinary, (a, b, alpha) => {
      const scores = [a, b].map((reward) => scoreOf(reward, Math.abs(alpha)));
      if (a <= b) expect(scores[0]).toBeLessThanOrEqual(scores[1]!);
    });
    assert(check);
  });

  it.each([
    [Number.NaN, 1],
    [1, Number.NaN],
    [Number.POSITIVE_INFINITY, 0],
    [0, Number.NEGATIVE_INFINITY],
  ])("throws for a reward of %s and an alpha of %s", (reward, alpha) => {
    expect(() => scoreOf(reward, alpha)).toThrow(`score: expected a finite number, got ${alpha} × ${reward}`);
  });
});
