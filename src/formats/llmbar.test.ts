import { describe, expect, it } from "vitest";
import { openFile } from "./index";
import { writeFile } from "./test-rewards";

const open = (rows: unknown[]) => openFile("llmbar", JSON.stringify(rows));

describe("llmbar", () => {
  it("reads two outputs, and which of them the label names", () => {
    const { rows, problems } = open([
      { input: "p", output_1: "a", output_2: "b", label: 1 },
      { input: "p", output_1: "a", output_2: "b", label: 2 },
    ]);
    expect(problems).toEqual([]);
    expect(rows.map(({ ranks }) => ranks)).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it("reads a label that is written 1.0", () => {
    const { rows, problems } = openFile("llmbar", '{"input":"p","output_1":"a","output_2":"b","label":1.0}');
    expect(problems).toEqual([]);
    expect(rows[0]!.ranks).toEqual([0, 1]);
  });

  it.each([
    [{ label: 0 }, "expected label, 1 or 2, found 0"],
    [{ label: "1" }, 'expected label, 1 or 2, found "1"'],
    [{ label: undefined }, "expected label, 1 or 2, found no label"],
    [{ input: 3 }, "expected input, a string or turns, found input of type number"],
    [{ output_2: null }, "expected output_2, a string, found output_2 of type null"],
  ])("says what is wrong with %j", (wrong, problem) => {
    const row = { input: "p", output_1: "a", output_2: "b", label: 1, ...wrong };
    expect(open([row]).problems).toEqual([{ place: "item 1", problem }]);
  });

  it("writes the rewards of both outputs", () => {
    const [row] = JSON.parse(
      writeFile(open([{ input: "p", output_1: "a", output_2: "b", label: 2 }]), [1, 3]),
    );
    expect(row).toMatchObject({ label: 2, reward_output_1: 1, reward_output_2: 3, reward_margin: 2 });
  });
});
