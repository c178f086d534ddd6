import { readFileSync } from "node:fs";
import { join } from "node:path";
import { array, assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { splitPattern } from "./bert-tokenizer-json";
import { readTokenizer } from "./read-tokenizer";

const DEMO = readFileSync(join(import.meta.dirname, "../../public/models/demo/tokenizer.json"), "utf8");

const SMALL = JSON.parse(DEMO);
SMALL.added_tokens = [];
SMALL.model.vocab = { "[UNK]": 0, a: 1 };

/** The demonstration model's tokenizer, small and changed. */
function changed(change: (tokenizer: ReturnType<typeof readTokenizer> & Record<string, unknown>) => void) {
  const tokenizer = structuredClone(SMALL);
  change(tokenizer);
  return JSON.stringify(tokenizer);
}

function sequence(...pretokenizers: object[]) {
  return { type: "Sequence", pretokenizers } as never;
}

const SPACES = { type: "WhitespaceSplit" };
const split = (Regex: string) => ({ type: "Split", pattern: { Regex }, behavior: "Isolated", invert: false });
const splits = (pattern: string) =>
  changed((tokenizer) => {
    tokenizer.pre_tokenizer = sequence(SPACES, split(pattern));
  });
const OURS = splitPattern([], true);
const token = {
  id: 1,
  content: "a",
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
} as const;

describe("readTokenizer", () => {
  it("reads the demonstration model's, without the parts that give no ids", () => {
    const { normalizer, pre_tokenizer, added_tokens, model } = JSON.parse(DEMO);
    expect(readTokenizer(DEMO, "{}")).toEqual({ normalizer, pre_tokenizer, added_tokens, model });
  });

  it("reads BERT's as the Hub's libraries write it", () => {
    const text = changed((tokenizer) => {
      tokenizer.normalizer = {
        type: "BertNormalizer",
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: false,
      };
      tokenizer.pre_tokenizer = { type: "BertPreTokenizer" };
    });
    expect(readTokenizer(text, "{}").pre_tokenizer).toEqual({ type: "BertPreTokenizer" });
  });

  it("reads what the converter writes for any special tokens", () => {
    const tokens = array(string({ unit: "binary-ascii", minLength: 1 }), { maxLength: 5 });
    const check = property(tokens, (contents) => {
      const pattern = splitPattern(contents, true);
      expect(readTokenizer(splits(pattern), "{}").pre_tokenizer).toEqual(sequence(SPACES, split(pattern)));
    });
    assert(check, { numRuns: 30 });
  });

  it.each([
    "(a+)+$",
    `(a+)+$|${OURS}`,
    `^(a+)+$|${OURS}`,
    `^a+a+a+a+b$|${OURS}`,
    `^\\w$|${OURS}`,
    `^a\\$|${OURS}`,
    `^a$^b$|${OURS}`,
    `${OURS}|(a+)+$`,
    OURS.slice(1),
    "",
  ])("refuses to split by %j", (pattern) => {
    const expected = `tokenizer.json: pre_tokenizer.pretokenizers.1.pattern.Regex: expected a pattern that convert writes, found ${JSON.stringify(pattern)}`;
    expect(() => readTokenizer(splits(pattern), "{}")).toThrow(
      expect.objectContaining({ code: "malformed-model", message: expected.replaceAll("\\\\", "\\") }),
    );
  });

  it.each<[string, string, string]>([
    [
      "a replacement by another pattern",
      DEMO.replace('"\\\\p{Cn}"', '"(a+)+$"'),
      'normalizer.normalizers.0.pattern.Regex: expected ("\\p{Cn}" | "\\p{Mn}"), found "(a+)+$"',
    ],
    [
      "a normalizer of another kind",
      changed((tokenizer) => {
        tokenizer.normalizer = { type: "Precompiled", precompiled_charsmap: "AAAA" } as never;
      }),
      'normalizer.type: expected ("BertNormalizer" | "Sequence"), found "Precompiled"',
    ],
    [
      "a third pre-tokenizer",
      changed((tokenizer) => {
        tokenizer.pre_tokenizer = sequence(SPACES, split(OURS), split("(a+)+$"));
      }),
      "pre_tokenizer.pretokenizers.2: expected never, found Object",
    ],
    [
      "another model",
      changed((tokenizer) => {
        tokenizer.model = { type: "Unigram", vocab: [["a", 0]] } as never;
      }),
      'model.type: expected "WordPiece", found "Unigram"',
    ],
    [
      "words without end",
      changed(({ model }) => {
        model.max_input_chars_per_word = 1e6;
      }),
      "model.max_input_chars_per_word: expected <=100, found 1000000",
    ],
    [
      "an added token of a megabyte",
      changed((tokenizer) => {
        tokenizer.added_tokens = [{ ...token, content: "a".repeat(101) }];
      }),
      "added_tokens.0.content: expected <=100, found 101",
    ],
    [
      "an added token without text",
      changed((tokenizer) => {
        tokenizer.added_tokens = [{ ...token, content: "" }];
      }),
      "added_tokens.0.content: expected !0, found 0",
    ],
    [
      "an added token that stands alone",
      changed((tokenizer) => {
        tokenizer.added_tokens = [{ ...token, single_word: true as never }];
      }),
      "added_tokens.0.single_word: expected false, found true",
    ],
    [
      "an id that is far away",
      changed(({ model }) => {
        model.vocab.a = 2 ** 32;
      }),
      'token "a": expected an id below 2, the number of tokens, found 4294967296',
    ],
    [
      "an id past the last by one",
      changed(({ model }) => {
        model.vocab.a = 2;
      }),
      'token "a": expected an id below 2, the number of tokens, found 2',
    ],
    [
      "no token for what is unknown",
      changed(({ model }) => {
        model.unk_token = "b";
      }),
      'unk_token "b": found no such token',
    ],
    ["lists in lists", "[".repeat(100_000), "nests deeper than 64"],
  ])("throws for %s", (_, text, message) => {
    expect(() => readTokenizer(text, "{}")).toThrow(
      expect.objectContaining({ code: "malformed-model", message: `tokenizer.json: ${message}` }),
    );
  });

  it("throws for settings that would change ids", () => {
    expect(() => readTokenizer(DEMO, '{"remove_space": true}')).toThrow(
      "tokenizer_config.json: remove_space: expected false, found true",
    );
  });
});
