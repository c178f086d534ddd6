import { describe, expect, it } from "vitest";
import { offersFor } from "./label-studio-offers";
import type { RewardsOptions } from "./label-studio-options";
import type { Annotation, Tag } from "./label-studio-store";

const OPTIONS: RewardsOptions = { prompt: "prompt", responses: ["a", "b"] };

/** The tags of a labeling config, with nothing behind them. */
function annotationOf(tags: Record<string, Tag>): Annotation {
  return { id: "1", type: "annotation", names: new Map(Object.entries(tags)) };
}

const text = (field: string): Tag => ({ type: "text", value: `$${field}` });
const RATED = annotationOf({ stars: { type: "rating", maxrating: "3" } });
const COMPARED = annotationOf({
  left: text("a"),
  right: text("c"),
  better: { type: "pairwise", toname: "left,right" },
});

const starsOf = (options: RewardsOptions, scores: readonly number[], annotation: Annotation) =>
  offersFor(options, scores, annotation).map(({ stars }) => stars);

describe("offersFor", () => {
  it.each([
    [-1e9, 1],
    [-0.01, 1],
    [-0.001, 2],
    [0, 2],
    [1.99, 2],
    [1.999, 3],
    [2, 3],
    [1e9, 3],
  ])("gives a score of %f its stars", (score, stars) => {
    const rating = { of: { a: "stars" }, atLeast: [0, 2] };
    expect(starsOf({ ...OPTIONS, rating }, [score, 0], RATED)).toEqual([{ given: stars, of: 3 }]);
  });

  it("gives responses that show the same score the same stars", () => {
    const rating = { of: { a: "stars", b: "stars" }, atLeast: [0, 1] };
    const stars = starsOf({ ...OPTIONS, rating }, [0.9996, 1.0004], RATED);
    expect(stars).toEqual(Array(2).fill({ given: 3, of: 3 }));
  });

  it("throws for more or fewer thresholds than a Rating's stars part", () => {
    const rating = { of: { a: "stars" }, atLeast: [0, 2, 4] };
    expect(() => offersFor({ ...OPTIONS, rating }, [0, 0], RATED)).toThrow(
      new RangeError("rating stars: expected 2 thresholds, got 3"),
    );
  });

  it("offers nothing when it is asked for nothing", () => {
    expect(starsOf(OPTIONS, [1, 0], RATED)).toEqual([]);
  });

  it("throws for a Pairwise that does not show a response", () => {
    expect(() => offersFor({ ...OPTIONS, pairwise: "better" }, [1, 0], COMPARED)).toThrow(
      new TypeError("pairwise better: expected $b on one side, got $a, $c"),
    );
  });

  it("throws for a choice that is not there", () => {
    const choices = { name: "best", of: { a: "A" } };
    const annotation = annotationOf({ best: { type: "choices", findLabel: () => undefined } });
    expect(() => offersFor({ ...OPTIONS, choices }, [0, 1], annotation)).toThrow(
      new TypeError(`choices best: expected a choice "A", got none`),
    );
  });
});
