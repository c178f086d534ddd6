import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExactJson, writeExactJson } from "./exact-json";
import { PROPERTY_TIMEOUT_MS } from "./test-rewards";

describe("parseExactJson", { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it("gives what JSON.parse gives, and is written back to the same", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(writeExactJson(parseExactJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '{"id":12345678901234567890,"x":[1.0,1e5,-0,0.10,-1E-7],"y":1}',
    '{"__proto__":{"a":1.50},"constructor":"1.50"}',
    '["1.0","-0 \\" 2.0"]',
    "1.0",
  ])("keeps every digit of %s", (text) => {
    expect(writeExactJson(parseExactJson(text))).toBe(text);
  });

  it("keeps the digits beside a text of 20 MB, as an image is one", () => {
    const text = `{"n":1.0,"image":"${"a".repeat(20_000_000)}"}`;
    expect(writeExactJson(parseExactJson(text)) === text).toBe(true); // a difference would be printed whole
  });

  it("takes no number for a text", () => {
    expect(typeof (parseExactJson('{"a":1.0}') as { a: unknown }).a).toBe("object");
  });

  it.each([
    ["01", SyntaxError],
    ["1.", SyntaxError],
    ["--1", SyntaxError],
    ["[1.0", SyntaxError],
    ['{"a":1,"a":2}', RangeError],
    ["[".repeat(100) + "]".repeat(100), RangeError],
  ])("throws for %s", (text, error) => {
    expect(() => parseExactJson(text)).toThrow(error);
  });
});

describe("writeExactJson", () => {
  it("escapes what a terminal may obey", () => {
    expect(writeExactJson({ a: "\u009b31m\u007f" })).toBe('{"a":"\\u009b31m\\u007f"}');
  });
});
