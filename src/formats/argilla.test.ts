import { describe, expect, it } from "vitest";
import { type FormatOptions, openFile } from "./index";
import { writeFile } from "./test-rewards";

const open = (records: unknown[], options?: FormatOptions) =>
  openFile("argilla", JSON.stringify(records), options);

const record = (response: string, more = {}) => ({
  ...{ id: "1", fields: { prompt: "p", response }, metadata: {}, suggestions: {} },
  ...{ responses: {}, vectors: {}, _server_id: null },
  ...more,
});

const quality = { name: "quality", values: ["1", "2", "3", "4", "5"] };

describe("argilla", () => {
  it("suggests ratings as numbers and labels as texts, with a score and an agent", () => {
    const questions = [quality, { name: "verdict", values: ["bad", "good"] }];
    const [low, high] = JSON.parse(writeFile(open([record("a"), record("b")], { questions }), [0, 1]));
    const agent = "demo@0123456789ab:w8";
    expect(low.suggestions).toEqual({
      quality: { value: 2, score: 0.25, agent },
      verdict: { value: "bad", score: 0.25, agent },
    });
    expect(high.suggestions).toMatchObject({ quality: { value: 4 }, verdict: { value: "good" } });
    expect(high.metadata).toMatchObject({
      reward_response: 1,
      reward_score_response: 10,
      reward_note: "suggestion score: rank of the reward in this file, no probability",
    });
  });

  it("reads a chat that holds prompt and response", () => {
    const chat = [
      { role: "user", content: "p" },
      { role: "assistant", content: "r" },
    ];
    const { pairs } = open([record("", { fields: { chat } })], { responses: ["chat"] });
    expect(pairs).toEqual([{ prompt: "p", response: "r" }]);
  });

  it("leaves the suggestions of others, and says so where one is in the way", () => {
    const suggestions = { quality: { value: 3, score: null, agent: "person" } };
    const file = open(
      [record("a", { suggestions }), record("b", { suggestions: { other: {} } }), record("c")],
      {
        questions: [quality],
      },
    );
    expect(file.problems).toEqual([
      { place: "item 1", problem: "expected no suggestion for quality, found one of another program" },
    ]);
    const [kept, scored] = JSON.parse(writeFile(file));
    expect(kept).toEqual(record("a", { suggestions }));
    expect(Object.keys(scored.suggestions)).toEqual(["other", "quality"]);
  });

  it("makes metadata where there is none, and no suggestion where no question is named", () => {
    const file = open([{ fields: { prompt: "p", response: "r" } }]);
    expect(file.notes).toEqual(["suggestions: none made: no question is named"]);
    const [written] = JSON.parse(writeFile(file));
    expect(written).toMatchObject({ metadata: { reward_response: 1 }, suggestions: {} });
  });

  it.each([
    [{}, "expected an object with fields, found no fields"],
    [record("r", { metadata: null }), "expected metadata, an object, found metadata of type null"],
    [record("r", { suggestions: [] }), "expected suggestions, an object, found suggestions of type array"],
  ])("says what is wrong with %j", (bad, problem) => {
    expect(open([bad]).problems).toEqual([{ place: "item 1", problem }]);
  });
});
