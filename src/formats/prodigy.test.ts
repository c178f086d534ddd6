import { describe, expect, it } from "vitest";
import { openFile } from "./index";
import { writeFile } from "./test-rewards";

const open = (task: unknown) => openFile("prodigy", JSON.stringify(task));
const scored = (task: unknown, rewards: number[]) => JSON.parse(writeFile(open(task), rewards));

const choice = {
  text: "p",
  _task_hash: -1234567890,
  options: [
    { id: "a", text: "x" },
    { id: "b", text: "y" },
  ],
};

describe("prodigy", () => {
  it("accepts the best option beforehand and shows every score", () => {
    expect(scored(choice, [-1, 0.25])).toMatchObject({
      ...choice,
      options: [{ meta: "-10.00" }, { meta: "2.50" }],
      accept: ["b"],
      meta: { score: 2.5, model: "demo@0123456789ab:w8" },
      reward_options: [-1, 0.25],
    });
    expect(scored(choice, [1, 1]).accept).toEqual([]);
  });

  it("scores a text as the response to its prompt", () => {
    expect(scored({ text: "r", prompt: "p", meta: { source: "x" } }, [1])).toMatchObject({
      meta: { source: "x", score: 10 },
      reward_text: 1,
    });
  });

  it.each([
    ["response", { prompt: "p", response: "x", text: "other" }, [{ prompt: "p", response: "x" }]],
    ["text", { prompt: "p", text: "x" }, [{ prompt: "p", response: "x" }]],
    [
      "options",
      choice,
      [
        { prompt: "p", response: "x" },
        { prompt: "p", response: "y" },
      ],
    ],
    [
      "options",
      { ...choice, prompt: "p", text: "other", response: "other" },
      [{ prompt: "p" }, { prompt: "p" }],
    ],
  ])("reads the response in %s of %j", (field, task, pairs) => {
    expect(open(task).rows).toMatchObject([{ pairs: pairs.map((pair) => ({ ...pair, field })) }]);
  });

  it("shows no sign before a score of 0, and knows that score again as its own", () => {
    const once = scored(choice, [-0.0001, 1]);
    expect(once.options[0].meta).toBe("0.00");
    expect(scored(once, [2, 1]).options[0].meta).toBe("20.00");
  });

  it("leaves what a person answered", () => {
    const answered = { ...choice, accept: ["a"], answer: "accept" };
    expect(scored(answered, [0, 1]).accept).toEqual(["a"]);
    expect(scored({ ...choice, accept: ["a"] }, [0, 1]).accept).toEqual(["a"]);
    const again = scored(scored(choice, [0, 1]), [1, 0]);
    expect(again).toMatchObject({ accept: ["a"], options: [{ meta: "10.00" }, { meta: "0.00" }] });
    expect(scored({ ...scored(choice, [0, 1]), answer: "accept" }, [1, 0]).accept).toEqual(["b"]);
  });

  it.each([
    [{ text: "r" }, "expected prompt, a string or turns, found no prompt"],
    [{ ...choice, options: [] }, "expected options, a list, found an empty one"],
    [
      { ...choice, options: [{ text: "a" }, { image: "b" }] },
      "expected text, a string, in all of options, found no text in number 2",
    ],
    [{ ...choice, meta: { score: 1 } }, "expected no meta.score, found one of another program"],
    [{ ...choice, meta: "x" }, "expected meta, an object, found meta of type string"],
  ])("says what is wrong with %j", (task, problem) => {
    expect(open(task).problems).toEqual([{ place: "line 1", problem }]);
  });
});
