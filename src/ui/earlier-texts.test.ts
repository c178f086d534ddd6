import { describe, expect, it } from "vitest";
import { bringBack, type EarlierTexts, hasEarlier, keepTexts, type Texts } from "./earlier-texts";
import { createSheet } from "./sheet";

const texts = (...responses: string[]): Texts => ({
  sheet: createSheet({ prompt: "p", responses }),
  opened: undefined,
});

describe("bringBack", () => {
  const [first, second, edited] = [texts("first"), texts("second"), texts("edited since")];

  it("gives the last texts first, and comes to every one of them", () => {
    let earlier: EarlierTexts = keepTexts(keepTexts([], first), second);
    let page = edited;
    const shown = Array.from({ length: 4 }, () => {
      const found = bringBack(earlier, page)!;
      [earlier, page] = [found.earlier, found.back];
      return page;
    });
    expect(shown).toEqual([second, first, edited, second]);
  });

  it("passes over texts that are on the page as they are", () => {
    const earlier = keepTexts(keepTexts([], first), second);
    expect(bringBack(earlier, texts("second"))!.back).toBe(first);
    expect(bringBack(keepTexts([], first), texts("first"))).toBeUndefined();
    expect(hasEarlier(keepTexts([], first), texts("first").sheet)).toBe(false);
    expect(hasEarlier(keepTexts([], first), texts("first", "").sheet)).toBe(true);
  });
});

describe("keepTexts", () => {
  it("keeps the same texts once", () => {
    const [again, other] = [texts("a"), texts("b")];
    expect(keepTexts(keepTexts(keepTexts([], texts("a")), other), again)).toEqual([other, again]);
  });
});
