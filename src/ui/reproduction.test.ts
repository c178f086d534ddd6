import { describe, expect, it } from "vitest";
import type { Manifest } from "../shared/manifest";
import { reproduce } from "./reproduction";
import { type Result, toResults } from "./result";
import { createSheet, questions, withRewards } from "./sheet";
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
});
