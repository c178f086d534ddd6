import { describe, expect, it } from "vitest";
import { printable } from "./printable";

describe("printable", () => {
  it.each([
    ["colours", "\u001b[31mred\u001b[0m", "<U+001B>[31mred<U+001B>[0m"],
    ["a title", "\u001b]0;owned\u0007", "<U+001B>]0;owned<U+0007>"],
    ["the 8-bit form of an escape", "\u009b31m", "<U+009B>31m"],
    ["a line of its own", "a\r\nreward-scorer: all is well", "a<U+000D><U+000A>reward-scorer: all is well"],
    ["writing that turns around", "\u202egnp.exe", "<U+202E>gnp.exe"],
    ["what is not seen", "a\u200bb\u2028\u{e0001}\ud800", "a<U+200B>b<U+2028><U+E0001><U+D800>"],
    ["letters of any script", "ação 中文 😀 «x» …", "ação 中文 😀 «x» …"],
  ])("shows %s", (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});
