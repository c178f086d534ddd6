import { describe, expect, it } from "vitest";
import { type FormatOptions, openFile } from "./index";
import { writeFile } from "./test-rewards";

const open = (item: unknown, options?: FormatOptions) => openFile("potato", JSON.stringify(item), options);

const questions = [{ name: "quality", values: ["bad", "good"] }];

describe("potato", () => {
  it("suggests a label to a scheme, for a text and for responses", () => {
    const item = { id: "1", prompt: "p", text: "r", label_suggestions: { other: "x" } };
    const [written] = JSON.parse(writeFile(open([item, { prompt: "p", text: "s" }], { questions }), [3, 2]));
    expect(written).toMatchObject({
      ...item,
      label_suggestions: { other: "x", quality: "good" },
      reward_text: 3,
    });
    const pair = { id: "1", prompt: "p", responses: ["a", "b"] };
    const best = JSON.parse(
      writeFile(open(pair, { questions: [{ name: "q", values: ["A", "B"] }] }), [3, 2]),
    );
    expect(best).toMatchObject({ label_suggestions: { q: "A" }, reward_responses: [3, 2], reward_margin: 1 });
  });

  it("says what is in the way", () => {
    expect(open({ prompt: "p", responses: ["a", "b", "c"] }, { questions }).problems[0]!.problem).toBe(
      "expected 2 responses, one for each value of quality, found 3",
    );
    const file = open({ prompt: "p", text: "r", label_suggestions: { quality: "bad" } }, { questions });
    expect(file.problems[0]!.problem).toBe(
      "expected no label suggestion for quality, found one of another program",
    );
    expect(open({ prompt: "p", text: "r", label_suggestions: "bad" }).problems[0]!.problem).toBe(
      "expected label_suggestions, an object, found label_suggestions of type string",
    );
  });
});
