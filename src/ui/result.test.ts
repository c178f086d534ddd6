import { describe, expect, it } from "vitest";
import type { Manifest } from "../shared/manifest";
import { toResults } from "./result";
import { createSheet, editRow, questions, withRewards } from "./sheet";
import { testModel } from "./test-model";
import { testReward } from "./test-reward";

const source = { repository: "owner/name", revision: "c0ffee", weights: [] };
const manifest = { name: "folder", source } as unknown as Manifest;
const model = testModel({ manifest, dtype: "w8", executionProvider: "webgpu" });

describe("toResults", () => {
  const sheet = createSheet({ prompt: "p", responses: ["a", "b", ""] });
  const scored = withRewards(sheet, questions(sheet), [testReward(-0.5), testReward(0.25)], model);

  it("says of each score what it is made of, in the order written", () => {
    const [first, second, ...others] = toResults(scored, 10);
    const { tokens, truncated } = testReward(-0.5);
    expect(first).toEqual({
      prompt: "p",
      response: "a",
      reward: -0.5,
      alpha: 10,
      score: -5,
      tokens,
      truncated,
      model: "folder",
      repository: "owner/name",
      revision: "c0ffee",
      dtype: "w8",
      backend: "webgpu",
    });
    expect(second).toMatchObject({ response: "b", reward: 0.25, score: 2.5 });
    expect(others).toEqual([]);
  });

  it("leaves out a score of an earlier text", () => {
    const edited = editRow(scored, scored.rows[0]!.id, "edited");
    expect(toResults(edited, 1)).toMatchObject([{ response: "b" }]);
    expect(toResults({ ...scored, prompt: "q" }, 1)).toEqual([]);
  });
});
