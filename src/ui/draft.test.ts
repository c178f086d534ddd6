import { describe, expect, it } from "vitest";
import { EXAMPLE, isExample, parseDraft } from "./draft";

describe("parseDraft", () => {
  it("reads what was kept", () => {
    const draft = { prompt: "Why?", responses: ["Because.", ""] };
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
  });

  it.each([
    ["nothing was kept", undefined],
    ["it is not JSON", "{"],
    ["a field has another kind", '{"prompt": 1, "responses": ["a"]}'],
    ["there is no response", '{"prompt": "a", "responses": []}'],
  ])("gives the example when %s", (_, text) => {
    expect(parseDraft(text)).toEqual(EXAMPLE);
  });
});

describe("isExample", () => {
  it("tells the example from any edit of it", () => {
    expect(isExample({ ...EXAMPLE })).toBe(true);
    expect(isExample({ ...EXAMPLE, prompt: "" })).toBe(false);
  });
});
