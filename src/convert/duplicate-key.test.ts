import { describe, expect, it } from "vitest";
import { duplicateKey } from "./duplicate-key";

describe("duplicateKey", () => {
  it.each([
    ['{"a": 1, "b": 2, "a": 3}', "a"],
    ['{"a": {"b": 1}, "\\u0061": 2}', "a"],
    ['{"a\\"": [{}], "a\\"": 2}', 'a"'],
  ])("finds the key that stands twice in %s", (json, key) => {
    expect(duplicateKey(json)).toBe(key);
  });

  it.each(['{"a": {"x": 1}, "b": {"x": 1}}', '{"a": "a", "b": "a:"}', '{"a": ["{", "a", {"a": 1}]}', "[]"])(
    "finds none in %s",
    (json) => {
      expect(duplicateKey(json)).toBeUndefined();
    },
  );
});
