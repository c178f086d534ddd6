import { describe, expect, it } from "vitest";
import { comparisonsOf } from "./comparisons";
import { type FormatOptions, openFile } from "./index";
import { writeFile } from "./test-rewards";

const open = (rows: unknown[], options?: FormatOptions) =>
  openFile("oasst", rows.map((row) => JSON.stringify(row)).join("\n"), options);

const reply = (text: string, rank: number | null, more = {}) => ({
  text,
  role: "assistant",
  rank,
  replies: [{ text: "Thanks.", role: "prompter", replies: [reply2("later"), reply2("later still")] }],
  ...more,
});

const reply2 = (text: string) => ({ text, rank: text.length });

const message = (lang: string, ...replies: unknown[]) => ({ text: "p", role: "prompter", lang, replies });

const tree = (lang: string, ...replies: unknown[]) => ({
  message_tree_id: "1",
  prompt: message(lang, ...replies),
});

function judgementsOf(rows: unknown[], options?: FormatOptions): string[] {
  const file = open(rows, options);
  expect(file.problems).toEqual([]);
  return file.rows.flatMap((row) =>
    comparisonsOf(row).map(({ preferred, other }) => `${preferred.response} > ${other.response}`),
  );
}

describe("oasst", () => {
  it.each([
    ["trees", tree],
    ["messages", message],
  ])("compares every two replies of different ranks in an export of %s", (_, row) => {
    const ranked = row("en", reply("c", 2), reply("a", 0), reply("b", 1), reply("also b", 1));
    expect(judgementsOf([ranked])).toEqual(["a > c", "a > b", "a > also b", "b > c", "also b > c"]);
  });

  it("compares no reply that has no rank or was deleted, and none where there is one", () => {
    const unranked = tree("en", reply("a", 0), reply("b", null), reply("c", 1, { deleted: true }));
    expect(judgementsOf([unranked, tree("en", reply("a", 0)), tree("en")])).toEqual([]);
  });

  it("reads a rank that is written 1.0", () => {
    const line = JSON.stringify(tree("en", reply("b", 9), reply("a", 0))).replace('"rank":9', '"rank":1.0');
    const [row] = openFile("oasst", line).rows;
    expect(comparisonsOf(row!)).toHaveLength(1);
  });

  it("leaves out trees in another language", () => {
    const rows = ["en", "pt-BR"].map((lang) => tree(lang, reply(`${lang} a`, 0), reply(`${lang} b`, 1)));
    expect(judgementsOf(rows, { lang: "pt-BR" })).toEqual(["pt-BR a > pt-BR b"]);
  });

  it.each([
    [{ prompt: "p" }, "expected prompt, a message, found prompt of type string"],
    [{ message_id: "1" }, "expected text, a string, found no text"],
    [{ text: "p" }, "expected replies, a list, found no replies"],
    [message("en", { rank: 0 }), "expected text, a string, in all of replies, found no text in number 1"],
  ])("says what is wrong with %j", (row, problem) => {
    expect(open([tree("en"), row]).problems).toEqual([{ place: "line 2", problem }]);
  });

  it("writes the rewards beside the replies", () => {
    const replies = [reply("a", 0), reply("b", 1)];
    expect(JSON.parse(writeFile(open([tree("en", ...replies)]), [1, 3]))).toMatchObject({
      prompt: { text: "p", reward_replies: [1, 3], reward_margin: 2 },
    });
    expect(JSON.parse(writeFile(open([message("en", ...replies)]), [1, 3]))).toMatchObject({
      text: "p",
      reward_replies: [1, 3],
    });
  });
});
