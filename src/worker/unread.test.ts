import { describe, expect, it } from "vitest";
import { findUnread } from "./unread";

/** A tokenizer of pieces of at most three characters; words over ten characters are one unknown token. */
function encode(text: string): number[] {
  return text.split(/\s+/).flatMap((word) => {
    if (word.length > 10) return [-1];
    return (word.match(/.{1,3}/gu) ?? []).map((piece) => piece.codePointAt(0)! * 1000 + piece.length);
  });
}

describe("findUnread", () => {
  it.each([
    { name: "between words", text: "one two six", kept: 2, from: 8 },
    { name: "inside a word", text: "one foobarbaz", kept: 3, from: 10 },
    { name: "at the start", text: "  one two", kept: 0, from: 2 },
    { name: "after a word that is not known", text: "incomprehensible two", kept: 1, from: 17 },
    { name: "before a word that is not known", text: "one incomprehensible", kept: 1, from: 4 },
    { name: "nowhere", text: "one", kept: 1, from: 3 },
    { name: "after a whole character", text: "😀😀😀😀😀", kept: 1, from: 6 },
  ])("stops $name", ({ text, kept, from }) => {
    expect(findUnread(encode, text, kept)).toBe(from);
  });
});
