import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../test/any-text";
import { readTexts } from "./label-studio-texts";

const FIELDS = { prompt: "prompt", responses: ["a", "b"] };

describe("readTexts", () => {
  it("reads any text to the letter, from an object and from its JSON", () => {
    fc.assert(
      fc.property(anyText(), anyText(), anyText(), (prompt, a, b) => {
        const texts = { prompt, responses: [a, b] };
        expect(readTexts(FIELDS, { prompt, a, b })).toEqual(texts);
        expect(readTexts(FIELDS, JSON.stringify({ prompt, a, b }))).toEqual(texts);
      }),
    );
  });

  it.each<[unknown, string]>([
    [undefined, "undefined"],
    [null, "null"],
    [3, "number"],
    [["a"], "array"],
    [{}, "object"],
  ])("throws for %j where a text should be", (a, found) => {
    expect(() => readTexts(FIELDS, { prompt: "p", a, b: "b" })).toThrow(
      new TypeError(`task: expected a string in "a", got ${found}`),
    );
  });

  it("does not take what every object has for a field", () => {
    const fields = { prompt: "toString", responses: ["a"] };
    expect(() => readTexts(fields, { a: "a" })).toThrow(
      'task: expected a string in "toString", got undefined',
    );
  });

  it.each([[null], ["null"], ["[]"], [undefined]])("throws for a task whose data are %j", (data) => {
    expect(() => readTexts(FIELDS, data)).toThrow('task: expected a string in "prompt", got undefined');
  });
});
