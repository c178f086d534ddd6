import { describe, expect, it } from "vitest";
import type { Unread } from "../shared/contract";
import { localeOf } from "./locale";
import { createSheet, questions, type Sheet, withRewards } from "./sheet";
import { testModel } from "./test-model";
import { testReward } from "./test-reward";
import { promptMark, unreadMark } from "./unread-words";

const ENGLISH = localeOf("en");

function sheetOf(...cuts: (Unread | undefined)[]): Sheet {
  const sheet = createSheet({ prompt: "p", responses: cuts.map((_, at) => `r${at}`) });
  const rewards = cuts.map((prompt) => testReward(0, { unread: { prompt, response: undefined } }));
  return withRewards(sheet, questions(sheet), rewards, testModel());
}

describe("unreadMark", () => {
  it("says how many tokens were not read", () => {
    expect(unreadMark({ tokens: 1212, from: 90 }, ENGLISH)).toEqual({
      from: 90,
      words: "the last 1,212 tokens were not read",
    });
    expect(unreadMark({ tokens: 1, from: 90 }, ENGLISH)?.words).toBe("the last token was not read");
  });

  it("is undefined for a text read to its end", () => {
    expect(unreadMark(undefined, ENGLISH)).toBeUndefined();
  });
});

describe("promptMark", () => {
  it("stands where least of the prompt was read, and says beside which response", () => {
    const sheet = sheetOf(undefined, { tokens: 5, from: 80 }, { tokens: 9, from: 60 });
    expect(promptMark(sheet, ENGLISH)).toEqual({
      from: 60,
      words: "the last 9 tokens were not read beside response 3",
    });
  });

  it("names no response when there is only one", () => {
    expect(promptMark(sheetOf({ tokens: 5, from: 80 }), ENGLISH)?.words).toBe(
      "the last 5 tokens were not read",
    );
  });

  it("goes when the prompt is edited", () => {
    expect(promptMark({ ...sheetOf({ tokens: 5, from: 80 }), prompt: "q" }, ENGLISH)).toBeUndefined();
  });
});
