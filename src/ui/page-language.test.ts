import { describe, expect, it } from "vitest";
import { browserLanguage } from "./page-language";

describe("browserLanguage", () => {
  it.each([
    [["pt-BR", "en"], "pt-BR"],
    [["pt-PT"], "pt-BR"],
    [["en-GB", "pt"], "en"],
    [["fr-FR", "pt", "en"], "pt-BR"],
    [["fr-FR"], "en"],
    [[], "en"],
  ])("takes of %j the first that is ours: %s", (tags, lang) => {
    expect(browserLanguage(tags)).toBe(lang);
  });
});
