import { describe, expect, it } from "vitest";
import type { Fields } from "./format";
import { readJsonRows } from "./json-rows";

const placesOf = (text: string) => readJsonRows(text).rows.map(({ place }) => place);
const problemsOf = (text: string) =>
  readJsonRows(text).rows.map(({ content }) => typeof content === "string" && content);

/** Rows as they are now; those past the end stay. */
const changing =
  (...changed: (Fields | undefined)[]) =>
  (at: number) =>
    changed[at];

describe("readJsonRows", () => {
  it.each([
    ["lines", '{"a":1}\n{"a":2}', ["line 1", "line 2"]],
    ["lines with blank ones and the ends of Windows", '\r\n{"a":1}\r\n\r\n{"a":2}\r\n', ["line 2", "line 4"]],
    ["one line", '{"a":1}\n', ["line 1"]],
    ["a list", '[{"a":1},\n{"a":2}]', ["item 1", "item 2"]],
    ["one object over lines", '{\n  "a": 1\n}\n', ["item 1"]],
    ["lists in lines", '["p","r"]\n{"a":1}', ["line 1", "line 2"]],
    ["nothing", "", []],
  ])("reads %s", (_, text, places) => {
    expect(placesOf(text)).toEqual(places);
  });

  it("tells what is no row and reads the others", () => {
    expect(problemsOf('{"a":1}\nnot json\n["p"]\n{"b":1,"b":2}\n{"c":1}')).toEqual([
      false,
      'expected an object, found text that is not JSON: "not json"',
      'expected an object, found ["p"]',
      'expected an object, found JSON in which "b" is listed twice',
      false,
    ]);
    expect(problemsOf('[{"a":1}, 7]')).toEqual([false, "expected an object, found 7"]);
    expect(problemsOf('[{"a":1,"a":2},{"b":[NaN,"]"]},{"c":"\\",["},]')).toEqual([
      'expected an object, found JSON in which "a" is listed twice',
      'expected an object, found text that is not JSON: "{\\"b\\":[NaN,\\"]\\"]}"',
      false,
      'expected an object, found text that is not JSON: ""',
    ]);
    expect(problemsOf('{\n"a":1,\n"a":2}')).toEqual([
      'expected an object, found JSON in which "a" is listed twice',
    ]);
  });

  it.each(['[{"a":1},\n{"a":', '[\n{"a":1}\n] x', '["a'])("refuses %j whole", (text) => {
    const start = "expected rows, found a list that does not end, or text after its end: ";
    expect(problemsOf(text)).toEqual([expect.stringContaining(start)]);
    expect(placesOf(text)).toEqual(["file"]);
  });

  it.each(["[]", " [ \n ] ", "[{},{}]\n"])("gives back %j", (text) => {
    expect(readJsonRows(text).write(changing())).toBe(text);
    expect(placesOf(text)).toHaveLength(text.split("{").length - 1);
  });

  it("writes the rows that change and leaves the others to the character", () => {
    const lines = ' {"a": 1} \r\n\r\nbad\r\n{"b": 2}\r\n';
    expect(readJsonRows(lines).write(changing(undefined, undefined, { c: 3 }))).toBe(
      ' {"a": 1} \r\n\r\nbad\r\n{"c":3}\r\n',
    );
    expect(readJsonRows('[{"a": 1}').write(changing())).toBe('[{"a": 1}');
  });

  it("keeps the indentation of a list", () => {
    const list = '[\n    {\n        "a": 1.0\n    }\n]\n';
    const file = readJsonRows(list);
    expect(file.write((at) => ({ ...(file.rows[at]!.content as Fields) }))).toBe(list);
    expect(readJsonRows('{\n\t"a": 1\n}').write(changing({ b: 2 }))).toBe('{\n\t"b": 2\n}');
    expect(readJsonRows('[{"a": 1}, 2]').write(changing({ b: 2 }))).toBe('[{"b":2}, 2]');
    expect(readJsonRows('[{\r\n  "a": 1\r\n}, {\r\n  "a": NaN\r\n}]\r\n').write(changing({ b: 2 }))).toBe(
      '[{\r\n  "b": 2\r\n}, {\r\n  "a": NaN\r\n}]\r\n',
    );
  });

  it("leaves a list to the character in which nothing changes", () => {
    expect(readJsonRows('[ {"a":1 } ]').write(changing())).toBe('[ {"a":1 } ]');
  });
});
