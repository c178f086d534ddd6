import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { openFixture, readFixturePairs } from "../../test/fixture";
import { makeTokenizerFiles } from "../convert/tokenizer-files";
import { PairTokenizer } from "./tokenizer";

async function open(maxTokens = 512): Promise<PairTokenizer> {
  const files = await makeTokenizerFiles(await openFixture("bert-seqcls"), 3000);
  const template = { ...files.template, maxTokens, truncation: "longest-first" as const };
  return new PairTokenizer(files.tokenizerJson, files.tokenizerConfig, template);
}

const tokenizer = await open();
const pairs = await readFixturePairs("bert-seqcls");

describe("PairTokenizer", () => {
  it.each(pairs)(
    "reads what the reference reads: $prompt",
    ({ prompt, response, ids, untruncated_tokens }) => {
      const encoded = tokenizer.encodePair({ prompt, response });
      const unread = (encoded.unread.prompt?.tokens ?? 0) + (encoded.unread.response?.tokens ?? 0);
      expect(encoded.ids).toEqual(ids);
      expect(encoded).toMatchObject({
        tokens: ids.length,
        truncated: untruncated_tokens > 512,
      });
      expect(encoded.tokens + unread).toBe(untruncated_tokens);
    },
  );

  it("tells where reading stopped", async () => {
    const short = await open(9);
    const { unread, truncated, tokens } = short.encodePair({ prompt: "a b c d e f g", response: "x, y" });
    expect({ tokens, truncated }).toEqual({ tokens: 9, truncated: true });
    expect(unread).toEqual({ prompt: { tokens: 4, from: 6 }, response: undefined });
  });

  it("finds the same start of a text when it is read alone", async () => {
    const short = await open(25);
    for (const { prompt, response } of pairs) {
      const { unread } = short.encodePair({ prompt, response });
      if (!unread.response) continue;
      const read = { prompt, response: response.slice(0, unread.response.from) };
      expect(short.encodePair(read).ids).toEqual(short.encodePair({ prompt, response }).ids);
    }
  });

  it("reads any two texts", () => {
    const anyText = string({ unit: "binary", maxLength: 700 });
    const check = property(anyText, anyText, (prompt, response) => {
      const { ids, tokens, truncated, unread } = tokenizer.encodePair({ prompt, response });
      expect(ids.every(Number.isInteger)).toBe(true);
      expect(tokens).toBe(ids.length);
      expect(tokens).toBeLessThanOrEqual(512);
      expect(truncated).toBe(Boolean(unread.prompt ?? unread.response));
    });
    assert(check, { numRuns: 200 });
  });

  it.each([
    { name: "nothing", text: "", tokens: 3 },
    { name: "a lone surrogate", text: "\ud800", tokens: 3 },
    { name: "NUL", text: "\0", tokens: 3 },
    { name: "a word of a megabyte", text: "a".repeat(1_000_000), tokens: 5 },
    { name: "a megabyte of words", text: "the fog ".repeat(125_000), tokens: 512 },
    { name: "a megabyte of marks", text: "!".repeat(1_000_000), tokens: 512 },
  ])(
    "reads $name",
    ({ text, tokens }) => {
      expect(tokenizer.encodePair({ prompt: text, response: text }).tokens).toBe(tokens);
    },
    60_000,
  );

  it("rejects what is not a tokenizer", () => {
    const template = { start: [1], between: [2], end: [2], pad: 0, maxTokens: 512 };
    const make = () => new PairTokenizer("{}", "{}", { ...template, truncation: "longest-first" });
    expect(make).toThrow("tokenizer.json: not a tokenizer we can read");
  });
});
