import { Tokenizer } from "@huggingface/tokenizers";
import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../test/any-text";
import { openFixture, readFixturePairs } from "../../test/fixture";
import { makeTokenizerFiles } from "../convert/tokenizer-files";
import { PairTokenizer } from "./tokenizer";

const files = await makeTokenizerFiles(await openFixture("bert-seqcls"), 3000);

function open(maxTokens = 512): PairTokenizer {
  const template = { ...files.template, maxTokens, truncation: "longest-first" as const };
  return new PairTokenizer(files.tokenizerJson, files.tokenizerConfig, template);
}

/** The library as it comes. */
const library = new Tokenizer(JSON.parse(files.tokenizerJson), JSON.parse(files.tokenizerConfig));

function encode(text: string): number[] {
  return library.encode(text, { add_special_tokens: false }).ids;
}

const tokenizer = open();
const pairs = readFixturePairs("bert-seqcls");

/** Few enough tokens that most texts are cut, room for an odd number and an even one. */
const SHORT = [4, 5, 10, 25];
const short = new Map(SHORT.map((maxTokens) => [maxTokens, open(maxTokens)]));

/** The tokens read of a response, and those of its text up to where reading stopped. */
function readAlone(response: string, maxTokens: number) {
  const { ids, unread } = short.get(maxTokens)!.encodePair({ prompt: "", response });
  const { start, between, end } = files.template;
  const from = unread.response?.from ?? response.length;
  const read = ids.slice(start.length + between.length, -end.length);
  return { read, soFar: encode(response.slice(0, from)), from };
}

/** Words of any length, marks, Chinese, emoji; nothing that makes no token. */
const ordinaryText = array(
  oneof(
    string({ unit: constantFrom(..."abcdefghiéãß"), minLength: 1, maxLength: 12 }),
    constantFrom(
      "the",
      "unbelievably",
      "a".repeat(100),
      "a".repeat(101),
      "𐀀".repeat(101),
      `${"a".repeat(100)}𐀀`,
    ),
    constantFrom(" ", "\n", "!", "...", "中", "𠀀", "😀", "[SEP]"),
  ),
  { maxLength: 30 },
).map((parts) => parts.join(""));

describe("PairTokenizer", () => {
  it("lowers a sigma at the end of a word as any other, as BERT does", async () => {
    const vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "α", "##σ", "##ς"];
    const uncased = await makeTokenizerFiles(
      new Map([
        ["vocab.txt", new Blob([vocabulary.join("\n")])],
        ["tokenizer_config.json", new Blob(['{"do_lower_case": true}'])],
      ]),
      vocabulary.length,
    );
    const template = { ...uncased.template, maxTokens: 512, truncation: "longest-first" as const };
    const greek = new PairTokenizer(uncased.tokenizerJson, uncased.tokenizerConfig, template);
    expect(greek.encodePair({ prompt: "ΑΣ", response: "ας" }).ids).toEqual([2, 5, 6, 3, 5, 7, 3]);
  });

  it("takes every Chinese character for a word where a tokenizer.json asks for it, as BERT does", () => {
    const json = JSON.parse(files.tokenizerJson);
    json.normalizer = json.normalizer.normalizers.at(-1);
    json.pre_tokenizer = { type: "BertPreTokenizer" };
    const template = { ...files.template, truncation: "longest-first" as const };
    const read = (handle_chinese_chars: boolean, text: string) => {
      json.normalizer.handle_chinese_chars = handle_chinese_chars;
      const own = new PairTokenizer(JSON.stringify(json), files.tokenizerConfig, template);
      return own.encodePair({ prompt: text, response: "" }).ids.slice(1, -2);
    };
    for (const sign of ["\u{4E2D}", "\u{20000}", "\u{2B73F}", "\u{2B920}", "\u{2CEAF}", "\u{2F800}"]) {
      expect(read(true, `a${sign}a`), sign).toEqual(read(false, `a ${sign} a`));
    }
    for (const sign of ["\u{1F600}", "\u{2B830}", "\u{2CEB0}"]) {
      expect(read(true, `a${sign}a`), sign).toEqual(encode("[UNK]"));
    }
  });

  it("finds an added token whole that has a space in it", () => {
    const json = JSON.parse(files.tokenizerJson);
    const added = { ...json.added_tokens[0], id: Object.keys(json.model.vocab).length, content: "two words" };
    json.added_tokens.push(added);
    const template = { ...files.template, truncation: "longest-first" as const };
    const own = new PairTokenizer(JSON.stringify(json), files.tokenizerConfig, template);
    const { ids } = own.encodePair({ prompt: "two words", response: "" });
    expect(ids.slice(1, -2)).toEqual([added.id]);
  });

  it("reads word by word what the library reads in a whole text", () => {
    const check = property(anyText(), (text) => {
      const { ids, truncated } = tokenizer.encodePair({ prompt: text, response: "" });
      const { start, between, end } = files.template;
      const own = ids.slice(start.length, -(between.length + end.length));
      expect(own).toEqual(truncated ? encode(text).slice(0, own.length) : encode(text));
    });
    assert(check, { numRuns: 500 });
  });

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

  it("tells where reading stopped", () => {
    const { unread, truncated, tokens } = open(9).encodePair({ prompt: "a b c d e f g", response: "x, y" });
    expect({ tokens, truncated }).toEqual({ tokens: 9, truncated: true });
    expect(unread).toEqual({ prompt: { tokens: 4, from: 6 }, response: undefined });
    const long = open(4).encodePair({ prompt: "", response: `${"a".repeat(150)}!!` });
    expect(long.unread.response).toEqual({ tokens: 2, from: 150 });
  });

  it("finds the same start of a text when it is read alone", () => {
    const short = open(25);
    for (const { prompt, response } of pairs) {
      const { unread } = short.encodePair({ prompt, response });
      if (!unread.response) continue;
      const read = { prompt, response: response.slice(0, unread.response.from) };
      expect(short.encodePair(read).ids).toEqual(short.encodePair({ prompt, response }).ids);
    }
  });

  it("reads any two texts as the library does, cut as the reference cuts", () => {
    const check = property(anyText(), anyText(), constantFrom(...SHORT), (prompt, response, maxTokens) => {
      const { ids, tokens, truncated, unread } = short.get(maxTokens)!.encodePair({ prompt, response });
      const { start, between, end } = files.template;
      const [promptIds, responseIds] = [encode(prompt), encode(response)];
      const room = maxTokens - start.length - between.length - end.length;
      const lost = { prompt: 0, response: 0 };
      while (promptIds.length + responseIds.length > room) {
        const longer = promptIds.length > responseIds.length ? "prompt" : "response";
        (longer === "prompt" ? promptIds : responseIds).pop();
        lost[longer]++;
      }
      expect(ids).toEqual([...start, ...promptIds, ...between, ...responseIds, ...end]);
      expect(tokens).toBe(ids.length);
      expect(truncated).toBe(lost.prompt + lost.response > 0);
      expect([unread.prompt?.tokens ?? 0, unread.response?.tokens ?? 0]).toEqual([
        lost.prompt,
        lost.response,
      ]);
    });
    assert(check, { numRuns: 100 });
  });

  it("stops reading where the text so far gives the tokens that are read", () => {
    const check = property(ordinaryText, constantFrom(...SHORT), (text, maxTokens) => {
      const { read, soFar } = readAlone(text, maxTokens);
      expect(soFar).toEqual(read);
    });
    assert(check, { numRuns: 100 });
  });

  it("stops reading no later in any text, and never inside a character", () => {
    const check = property(anyText(), constantFrom(...SHORT), (text, maxTokens) => {
      const { read, soFar, from } = readAlone(text, maxTokens);
      expect(soFar).toEqual(read.slice(0, soFar.length));
      expect(text.slice(from - 1, from + 1)).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
    });
    assert(check, { numRuns: 100 });
  });

  it.each([
    { name: "nothing", text: "", tokens: 3 },
    { name: "a lone surrogate", text: "\ud800", tokens: 3 },
    { name: "NUL", text: "\0", tokens: 3 },
    { name: "a word of a megabyte", text: "a".repeat(1_000_000), tokens: 4 },
    { name: "a megabyte of words", text: "the fog ".repeat(125_000), tokens: 512 },
    { name: "a megabyte of marks", text: "!".repeat(1_000_000), tokens: 512 },
    { name: "a megabyte of long words", text: `${"a".repeat(99)} `.repeat(10_000), tokens: 512 },
    { name: "a megabyte of accents", text: `e${"\u0301".repeat(500_000)}`, tokens: 4 },
    { name: "a megabyte of Chinese", text: "中文字".repeat(111_111), tokens: 512 },
    { name: "a megabyte of spaces", text: " ".repeat(1_000_000), tokens: 3 },
    { name: "a megabyte of separators", text: "[SEP]".repeat(200_000), tokens: 512 },
    {
      name: "marks after a megabyte of nothing",
      text: "\u200b".repeat(1_000_000) + "!".repeat(600),
      tokens: 512,
    },
    { name: "marks after a word of a megabyte", text: "a".repeat(1_000_000) + "!".repeat(600), tokens: 512 },
  ])(
    "reads $name",
    ({ text, tokens }) => {
      expect(tokenizer.encodePair({ prompt: "", response: text }).tokens).toBe(tokens);
    },
    60_000,
  );

  it("rejects what is not a tokenizer", () => {
    const template = { start: [1], between: [2], end: [2], pad: 0, maxTokens: 512 };
    const make = () => new PairTokenizer("{}", "{}", { ...template, truncation: "longest-first" });
    expect(make).toThrow('tokenizer.json: normalizer: expected "normalizer", found undefined');
  });
});
