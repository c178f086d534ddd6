import { describe, expect, it } from "vitest";
import { openFile } from "./index";
import { writeFile } from "./test-rewards";

const questions = [{ name: "label", values: ["bad", "good"] }];

const scored = (example: object, reward: number, other: number) => {
  const lines = [example, { prompt: "p", text: "other" }].map((row) => JSON.stringify(row));
  const [line] = writeFile(openFile("doccano", lines.join("\n"), { questions }), [reward, other]).split("\n");
  return JSON.parse(line!);
};

describe("doccano", () => {
  it("labels by rank, and again when scored again", () => {
    const once = scored({ prompt: "p", text: "r", label: [] }, 1, 0);
    expect(once).toMatchObject({ label: ["good"], reward_label: "good", reward_text: 1 });
    expect(scored(once, 0, 1)).toMatchObject({ label: ["bad"], reward_label: "bad", reward_text: 0 });
  });

  it("leaves a person's labels", () => {
    expect(scored({ prompt: "p", text: "r", label: ["bad"] }, 1, 0)).toMatchObject({
      label: ["bad"],
      reward_text: 1,
    });
    const corrected = { ...scored({ prompt: "p", text: "r" }, 1, 0), label: ["bad"] };
    const again = scored(corrected, 1, 0);
    expect(again.label).toEqual(["bad"]);
    expect(again).not.toHaveProperty("reward_label");
  });

  it("throws for a second question", () => {
    expect(() => openFile("doccano", "", { questions: [...questions, ...questions] })).toThrow(
      new TypeError("doccano: expected one question, its labels' column, found more"),
    );
  });
});
