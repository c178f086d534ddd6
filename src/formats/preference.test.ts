import { describe, expect, it } from "vitest";
import { comparisonsOf } from "./comparisons";
import { type FormatOptions, openFile } from "./index";
import { writeFile } from "./test-rewards";

const open = (rows: unknown[], options?: FormatOptions) =>
  openFile("preference", JSON.stringify(rows), options);

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

describe("preference", () => {
  it("reads prompts that are texts, turns, or within the responses", () => {
    const { rows, problems } = open([
      { prompt: "p", chosen: "c", rejected: "r" },
      { prompt: [user("p")], chosen: [assistant("c")], rejected: [assistant("r")] },
      { prompt: "whole", chosen: [user("p"), assistant("c")], rejected: [user("p"), assistant("r")] },
      { chosen: "\n\nHuman: p\n\nAssistant: c", rejected: "\n\nHuman: p\n\nAssistant: r" },
    ]);
    expect(problems).toEqual([]);
    for (const { pairs, ranks } of rows) {
      expect(pairs.map(({ prompt, response, field }) => [prompt, response, field])).toEqual([
        ["p", "c", "chosen"],
        ["p", "r", "rejected"],
      ]);
      expect(ranks).toEqual([0, 1]);
    }
  });

  it.each([
    ["preference", { prompt: "p", chosen: "a", rejected: ["b", "c"] }, ["a > b", "a > c"]],
    ["preference", { prompt: "p", chosen: ["a", "b"], rejected: ["c"] }, ["a > c", "b > c"]],
    [
      "openai-chat",
      { input: { messages: [user("p")] }, preferred_output: ["a", "b"], non_preferred_output: "c" },
      ["a > c", "b > c"],
    ],
    ["llmbar", { input: "p", output_1: ["a", "b"], output_2: "c", label: 2 }, ["c > a", "c > b"]],
  ] as const)("compares every two responses of different fields of %s in %j", (format, row, expected) => {
    const found = openFile(format, JSON.stringify(row)).rows.flatMap(comparisonsOf);
    expect(found.map(({ preferred, other }) => `${preferred.response} > ${other.response}`)).toEqual(
      expected,
    );
  });

  it("takes the last user turn for the prompt and says how many turns are before it", () => {
    const dialogue = [{ role: "system", content: "s" }, user("1"), assistant("2"), user("3\n")];
    const rows = [
      { prompt: dialogue, chosen: "c", rejected: "r" },
      {
        chosen: "\n\nHuman: 1\n\nAssistant: 2\n\nHuman: 3\n\n\nAssistant: c",
        rejected: "\n\nHuman: 3\n\n\nAssistant: r",
      },
    ];
    const file = open(rows);
    expect(file.pairs.map(({ prompt }) => prompt)).toEqual(Array(4).fill("3\n"));
    const written = JSON.parse(writeFile(file));
    expect(written.map((row: { reward_earlier_turns: number }) => row.reward_earlier_turns)).toEqual([3, 2]);
    expect(open(rows, { context: "all" }).pairs[0]!.prompt).toBe("s\n\n1\n\n2\n\n3\n");
  });

  it("reads whole transcripts beside a prompt, and transcripts cut before the response", () => {
    const before = "\n\nHuman: 1\n\nAssistant: 2\n\nHuman: 3";
    const rows = [
      { prompt: before, chosen: `${before}\n\nAssistant: c`, rejected: `${before}\n\nAssistant: r` },
      { prompt: `${before}\n\nAssistant:`, chosen: " c", rejected: " r" },
      { prompt: before, chosen: [assistant("c")], rejected: [assistant("r")] },
    ];
    const file = open(rows);
    expect(file.problems).toEqual([]);
    expect(file.pairs.map(({ prompt }) => prompt)).toEqual(Array(6).fill("3"));
    expect(file.pairs.map(({ response }) => response)).toEqual(["c", "r", " c", " r", "c", "r"]);
    const written = JSON.parse(writeFile(file));
    expect(written.map((row: { reward_earlier_turns: number }) => row.reward_earlier_turns)).toEqual([
      2, 2, 2,
    ]);
    expect(open(rows.slice(1), { context: "all" }).pairs[0]!.prompt).toBe("1\n\n2\n\n3");
  });

  it("reads transcripts with the line ends of Windows, and speakers that a turn quotes", () => {
    const before = "Human: 1\r\n\r\nAssistant: 2\r\n\r\nHuman: 3";
    const quoted = "\n\nHuman: Human: a\nAssistant: b\n\nAssistant: c";
    const { pairs, problems } = open([
      { prompt: `${before}\r\n\r\nAssistant:`, chosen: "c", rejected: "r" },
      { chosen: quoted, rejected: quoted },
    ]);
    expect(problems).toEqual([]);
    expect(pairs.map(({ prompt }) => prompt)).toEqual([
      ...["3", "3"],
      ...["Human: a\nAssistant: b", "Human: a\nAssistant: b"],
    ]);
  });

  it("writes rewards by the names of the fields, and the margin of the best", () => {
    const [row] = JSON.parse(
      writeFile(open([{ prompt: "p", chosen: "c", rejected: "r", score_chosen: 8.0 }]), [1, 3]),
    );
    expect(row).toMatchObject({
      score_chosen: 8,
      reward_chosen: 1,
      reward_score_rejected: 30,
      reward_margin: 2,
    });
  });

  it("reads other fields when they are named", () => {
    const names = { prompt: "instruction", responses: ["chosen_response", "rejected_response"] };
    const { rows } = open([{ instruction: "p", chosen_response: "c", rejected_response: "r" }], names);
    expect(rows[0]).toMatchObject({ pairs: [{ response: "c" }, { response: "r" }], ranks: [0, 1] });
  });

  it("compares by a label where one is asked for, and nothing where it names neither", () => {
    const options = { responses: ["a", "b"], label: { field: "winner", values: ["model_a", "model_b"] } };
    const labels = ["model_a", "model_b", "tie"];
    const { rows, problems } = open(
      labels.map((winner) => ({ prompt: "p", a: "A", b: "B", winner })),
      options,
    );
    expect(problems).toEqual([]);
    const found = rows.map((row) =>
      comparisonsOf(row).map(({ preferred, other }) => [preferred.response, other.response]),
    );
    expect(found).toEqual([[["A", "B"]], [["B", "A"]], []]);
  });

  it.each([
    ["0", ["0", "1"]],
    ["1.0", ["1", "0"]],
    ["true", ["true", "false"]],
    ['"left"', ["left", "right"]],
  ])("knows the label %s", (written, values) => {
    const text = `{"prompt": "p", "a": "A", "b": "B", "label": ${written}}`;
    const { rows } = openFile("preference", text, {
      responses: ["a", "b"],
      label: { field: "label", values },
    });
    expect(rows[0]!.ranks).toEqual([0, 1]);
  });

  it.each([
    [{}, "expected winner, a label, found no winner"],
    [{ winner: null }, "expected winner, a label, found winner of type null"],
  ])("says that a row has no label: %j", (label, problem) => {
    const options = { responses: ["a", "b"], label: { field: "winner", values: ["a", "b"] } };
    expect(open([{ prompt: "p", a: "A", b: "B", ...label }], options).problems).toEqual([
      { place: "item 1", problem },
    ]);
  });

  it.each([
    [{ chosen: "a b", rejected: "a c" }, "expected prompt, a string or turns, found no prompt"],
    [{ prompt: "p", chosen: "c" }, "expected rejected, a string, found no rejected"],
    [{ prompt: "p", chosen: null, rejected: "r" }, "expected chosen, a string, found chosen of type null"],
    [{ prompt: "p", chosen: [], rejected: "r" }, "expected chosen, a list of turns, found an empty list"],
    [
      { prompt: "p", chosen: [user("c")], rejected: "r" },
      "expected chosen, ending with a turn of the assistant, found role user",
    ],
    [
      { prompt: [assistant("x")], chosen: "c", rejected: "r" },
      "expected prompt, a user turn before the response, found role assistant",
    ],
    [
      { prompt: [{ role: "user" }], chosen: "c", rejected: "r" },
      "expected prompt, turns with role and content, found another thing at turn 1",
    ],
    [
      { prompt: [user([{ type: "image_url" }] as never)], chosen: "c", rejected: "r" },
      "expected prompt, turns with role and content, found another thing at turn 1",
    ],
    [
      { prompt: "\n\nHuman: p\n\nAssistant: Well,", chosen: " c", rejected: " r" },
      "expected prompt, a user turn before the response, found role assistant",
    ],
    [
      { chosen: "\n\nHuman: p", rejected: "\n\nHuman: p\n\nAssistant: r" },
      "expected chosen, a transcript that the assistant ends, found one that ends otherwise",
    ],
    [
      { chosen: "\n\nAssistant: c", rejected: "\n\nHuman: p\n\nAssistant: r" },
      "expected chosen, a user turn before the response, found none",
    ],
    [
      { prompt: "Human: 1\nAssistant: 2\nHuman: 3\nAssistant:", chosen: "c", rejected: "r" },
      'expected a blank line before each speaker of prompt, found "Assistant:" without one',
    ],
    [
      { chosen: "Human: p\r\nAssistant: c", rejected: "\n\nHuman: p\n\nAssistant: r" },
      'expected a blank line before each speaker of chosen, found "Assistant:" without one',
    ],
    [
      { prompt: "p", chosen: "c", rejected: "r", reward_chosen: 1 },
      "expected no field reward_chosen, found one of another program",
    ],
  ])("says what is wrong with %j", (row, problem) => {
    const file = open([row, { prompt: "p", chosen: "c", rejected: "r" }]);
    expect(file.problems).toEqual([{ place: "item 1", problem }]);
    expect(JSON.parse(writeFile(file))[0]).toEqual(row);
  });
});
