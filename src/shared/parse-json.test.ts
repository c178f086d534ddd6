import { describe, expect, it } from "vitest";
import { parseJson } from "./parse-json";

const parse = (text: string) => parseJson(text, "x.json", "malformed-model");

describe("parseJson", () => {
  it.each([
    '{"a": {"x": 1}, "b": {"x": 1}}',
    '{"a": "a", "b": "a:"}',
    '[{"a": ["{", "a", {"a": 1}]}, {"a": 1}]',
    `${"[".repeat(64)}${"]".repeat(64)}`,
    '"\\""',
  ])("parses %s", (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it("gives a key called __proto__ as any other", () => {
    const value = parse('{"__proto__": {"polluted": 1}}') as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect("polluted" in {}).toBe(false);
  });

  it.each([
    ["a key that stands twice", '{"a": 1, "b": 2, "a": 3}', '"a" is listed twice'],
    ["a key that stands twice in another spelling", '{"a": {"b": 1}, "\\u0061": 2}', '"a" is listed twice'],
    ["a key with a quote that stands twice", '{"a\\"": [{}], "a\\"": 2}', '"a"" is listed twice'],
    ["a key that stands twice further in", '[[{"a": [1], "a": 2}]]', '"a" is listed twice'],
    ["lists in lists", "[".repeat(100_000), "nests deeper than 64"],
    ["objects in objects", `${'{"a":'.repeat(65)}1${"}".repeat(65)}`, "nests deeper than 64"],
    [
      "a text that is too long",
      `"${"x".repeat(4_000_000)}"`,
      "expected at most 4000000 characters, found 4000002",
    ],
    ["nothing", "", "not JSON"],
    ["a byte order mark", "\ufeff{}", "not JSON"],
    ["a key that is not JSON", '{"\\x": 1}', "not JSON"],
    ["a string without end", '{"a', "not JSON"],
    ["more behind the end", "{}{}", "not JSON"],
    ["NaN", "[NaN]", "not JSON"],
  ])("throws for %s", (_, text, message) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: "malformed-model", message: `x.json: ${message}` }),
    );
  });
});
