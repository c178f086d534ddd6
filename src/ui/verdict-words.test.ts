import { describe, expect, it } from "vitest";
import { ENGLISH } from "./locale";
import { announcement, verdictWords } from "./verdict-words";

const lead = { best: [1], score: 3.183, margin: 8.964 };
const level = { best: [0, 2], score: -1, margin: 0 };
const alone = { best: [0], score: -5.781, margin: undefined };

describe("verdictWords", () => {
  it("says who leads by how much", () => {
    expect(verdictWords(lead, ENGLISH)).toBe("Response 2 leads by 8.96");
  });

  it("says which are level", () => {
    expect(verdictWords(level, ENGLISH)).toBe("Responses 1 and 3 are level");
  });

  it("says nothing of one response", () => {
    expect(verdictWords(alone, ENGLISH)).toBe("");
  });
});

describe("announcement", () => {
  it("names the winner first", () => {
    expect(announcement(lead, ENGLISH)).toBe("Response 2 is best: +3.18. Response 2 leads by 8.96.");
  });

  it("names all that are level", () => {
    expect(announcement(level, ENGLISH)).toBe("Responses 1 and 3 are level: \u22121.00.");
  });

  it("gives the score of one response", () => {
    expect(announcement(alone, ENGLISH)).toBe("Response 1: \u22125.78.");
  });
});
