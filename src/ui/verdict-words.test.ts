import { describe, expect, it } from "vitest";
import { localeOf } from "./locale";
import { announcement, verdictWords } from "./verdict-words";

const ENGLISH = localeOf("en");

const lead = { best: [1], score: 3.183, margin: 8.964 };
const level = { best: [0, 2], score: -1, margin: 0 };
const manyLevel = { best: Array.from({ length: 500 }, (_, place) => 2 * place), score: 0, margin: 0 };
const alone = { best: [0], score: -5.781, margin: undefined };

describe("verdictWords", () => {
  it("says who leads by how much", () => {
    expect(verdictWords(lead, ENGLISH)).toBe("Response 2 leads by 8.96");
  });

  it("says which are level", () => {
    expect(verdictWords(level, ENGLISH)).toBe("Responses 1 and 3 are level");
  });

  it("counts those that are level where naming them would fill the page", () => {
    expect(verdictWords({ ...manyLevel, best: [0, 1, 2, 3, 4] }, ENGLISH)).toBe(
      "Responses 1, 2, 3, 4, and 5 are level",
    );
    expect(verdictWords(manyLevel, ENGLISH)).toBe("500 responses share the highest score");
    expect(verdictWords(manyLevel, localeOf("pt-BR"))).toBe("500 respostas dividem a maior pontuação");
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

  it("counts many that are level", () => {
    expect(announcement(manyLevel, ENGLISH)).toBe("500 responses share the highest score: 0.00.");
  });

  it("gives the score of one response", () => {
    expect(announcement(alone, ENGLISH)).toBe("Response 1: \u22125.78.");
  });
});
