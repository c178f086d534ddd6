import { describe, expect, it } from "vitest";
import { detectPreferenceFormat } from "./preference-format";

const turns = [{ role: "user", content: "p" }];

describe("detectPreferenceFormat", () => {
  it.each([
    ["preference", { prompt: "p", chosen: "c", rejected: "r" }],
    ["preference", { chosen: "\n\nHuman: p\n\nAssistant: c", rejected: "\n\nHuman: p\n\nAssistant: r" }],
    ["preference", { prompt: turns, chosen: turns, rejected: turns }],
    ["openai-chat", { input: { messages: turns }, preferred_output: turns, non_preferred_output: turns }],
    ["llmbar", { input: "p", output_1: "a", output_2: "b", label: 1 }],
    ["oasst", { message_tree_id: "1", prompt: { text: "p", replies: [] } }],
    ["oasst", { message_id: "1", text: "p", replies: [] }],
  ])("knows %s by %j", (format, row) => {
    expect(detectPreferenceFormat(JSON.stringify(row))).toBe(format);
    expect(detectPreferenceFormat(`\ufeff${JSON.stringify([row], undefined, 2)}`)).toBe(format);
    expect(detectPreferenceFormat(`not json\n{}\n${JSON.stringify(row)}\n`)).toBe(format);
  });

  it.each(["", "not json", '{"prompt": "p", "response": "r"}', '{"chosen": "c"}'])(
    "knows none by %j",
    (text) => {
      expect(detectPreferenceFormat(text)).toBeUndefined();
    },
  );
});
