import { describe, expect, it } from "vitest";
import { EXAMPLES, isExample, parseDraft } from "./draft";

describe("parseDraft", () => {
  it("reads what was kept", () => {
    const draft = { prompt: "Why?", responses: ["Because.", ""] };
    expect(parseDraft(JSON.stringify(draft), "en")).toEqual(draft);
  });

  it.each([
    ["nothing was kept", undefined],
    ["it is not JSON", "{"],
    ["a field has another kind", '{"prompt": 1, "responses": ["a"]}'],
    ["there is no response", '{"prompt": "a", "responses": []}'],
  ])("gives the example when %s", (_, text) => {
    expect(parseDraft(text, "en")).toEqual(EXAMPLES.en);
    expect(parseDraft(text, "pt-BR")).toEqual(EXAMPLES["pt-BR"]);
  });
});

describe("isExample", () => {
  it("tells the example from any edit of it, and from that of another language", () => {
    expect(isExample({ ...EXAMPLES.en }, "en")).toBe(true);
    expect(isExample({ ...EXAMPLES.en, prompt: "" }, "en")).toBe(false);
    expect(isExample(EXAMPLES.en, "pt-BR")).toBe(false);
  });
});
