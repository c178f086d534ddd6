import { describe, expect, it } from "vitest";
import type { Manifest } from "../shared/manifest";
import { reproduce } from "./reproduction";
import { type Result, toResults } from "./result";
import { createSheet, editRow, questions, withRewards } from "./sheet";
import { testModel } from "./test-model";
import { testReward } from "./test-reward";

const source = { repository: "r", revision: "c", weights: [] };
const model = testModel({ manifest: { name: "m", source } as unknown as Manifest });

/** The responses with the rewards that the model gives here: 0, 1, … */
function scoredSheet(...responses: string[]) {
  const sheet = createSheet({ prompt: "p", responses });
  const asked = questions(sheet);
  const rewards = asked.map((_, at) => testReward(at));
  return withRewards(sheet, asked, rewards, model);
}

describe("reproduce", () => {
  it("waits for a response that has no reward yet", () => {
    const results = toResults(scoredSheet("a", "b"), 1);
    expect(reproduce(scoredSheet("a"), results, model)).toBeUndefined();
  });

  it("compares the others beside a blank response, which is never scored", () => {
    const sheet = scoredSheet("a", " ", "b");
    const [a, b] = toResults(sheet, 1);
    const file: Result[] = [a!, { ...a!, response: " " }, { ...b!, reward: 1.5 }];
    expect(reproduce(sheet, file, model)).toEqual({ compared: 2, maxDifference: 0.5, foreign: 0 });
  });

  it("tells results of another model, revision or dtype apart", () => {
    const sheet = scoredSheet("a");
    const [own] = toResults(sheet, 1);
    const of = (changes: Partial<Result>) =>
      reproduce(sheet, [{ ...own!, reward: -0.25, ...changes }], model);
    expect(of({})).toEqual({ compared: 1, maxDifference: 0.25, foreign: 0 });
    for (const field of ["model", "repository", "revision", "dtype"]) {
      expect(of({ [field]: "other" })).toEqual({ compared: 0, maxDifference: 0, foreign: 1 });
    }
  });

  it("waits for rewards of the texts now on the page, by the model in use", () => {
    const sheet = scoredSheet("a");
    const results = toResults(sheet, 1);
    expect(reproduce({ ...sheet, prompt: "q" }, results, model)).toBeUndefined();
    const edited = editRow(sheet, sheet.rows[0]!.id, "b");
    expect(reproduce(edited, [{ ...results[0]!, response: "b" }], model)).toBeUndefined();
    expect(reproduce(sheet, results, testModel({ manifest: model.manifest }))).toBeUndefined();
  });
});
