import { Tokenizer } from "@huggingface/tokenizers";
import { describe, expect, it } from "vitest";
import { FIXTURES, openFixture, readFixturePairs } from "../../test/fixture";
import { truncateLongestFirst } from "../worker/truncate";
import { makeTokenizerFiles, type TokenizerFiles } from "./tokenizer-files";

/** What the engine does with the files made. */
function encoder({ tokenizerJson, tokenizerConfig, template }: TokenizerFiles) {
  const tokenizer = new Tokenizer(JSON.parse(tokenizerJson), JSON.parse(tokenizerConfig));
  const encode = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;
  return (prompt: string, response: string) => {
    const [promptIds, responseIds] = [encode(prompt), encode(response)];
    const kept = truncateLongestFirst(promptIds.length, responseIds.length, 509);
    return [
      ...template.start,
      ...promptIds.slice(0, kept[0]),
      ...template.between,
      ...responseIds.slice(0, kept[1]),
      ...template.end,
    ];
  };
}

describe("makeTokenizerFiles", () => {
  it.each(FIXTURES)("gives the reference's token ids for %s", async (name) => {
    const encode = encoder(await makeTokenizerFiles(await openFixture(name), 3000));
    for (const { prompt, response, ids } of readFixturePairs(name)) {
      expect(encode(prompt, response)).toEqual(ids);
    }
  });
});

const VOCABULARY = [
  "[PAD]",
  "[UNK]",
  "[CLS]",
  "[SEP]",
  "[MASK]",
  "a",
  "b",
  "##b",
  "[",
  "]",
  "SE",
  "##P",
  "é",
];
const SIZE = VOCABULARY.length;

function folder(entries: Record<string, unknown> = {}, vocabulary = VOCABULARY) {
  const files = new Map<string, Blob>([
    ["vocab.txt", new Blob([vocabulary.map((token) => `${token}\n`).join("")])],
  ]);
  for (const [name, content] of Object.entries({
    "tokenizer_config.json": { do_lower_case: false },
    ...entries,
  })) {
    files.set(name, new Blob([typeof content === "string" ? content : JSON.stringify(content)]));
  }
  return files;
}

async function tokensOf(text: string, config: object = { do_lower_case: false }) {
  const { tokenizerJson, tokenizerConfig } = await makeTokenizerFiles(
    folder({ "tokenizer_config.json": config }),
    SIZE,
  );
  const tokenizer = new Tokenizer(JSON.parse(tokenizerJson), JSON.parse(tokenizerConfig));
  return tokenizer.encode(text, { add_special_tokens: false }).tokens;
}

describe("a tokenizer made from vocab.txt", () => {
  it.each([
    ["a special token in the text", "a[SEP]b", ["a", "[SEP]", "b"]],
    ["a special token broken by a control character", "a [SE\u0000P]", ["a", "[SEP]"]],
    ["the same with a neighbour", "a[SE\u0000P]", ["a", "[", "SE", "##P", "]"]],
    ["control, format and private characters", "a\u0007\u200d\ue000b", ["a", "##b"]],
    ["unassigned code points", "a\uffff\u0378b", ["a", "##b"]],
    ["lone surrogates", "a\ud800b", ["a", "##b"]],
    ["the replacement character", "a\ufffdb", ["a", "##b"]],
    ["a line separator", "a\u2028b", ["a", "b"]],
    ["Chinese characters on both planes", "a中a\u{20000}b", ["a", "[UNK]", "a", "[UNK]", "b"]],
    ["accents that are not composed", "é e\u0301", ["é", "[UNK]"]],
    ["a word of 100 characters", `a${"b".repeat(99)}`, ["a", ...Array(99).fill("##b")]],
    ["a word of 101 characters", `a${"b".repeat(100)}`, ["[UNK]"]],
    ["100 characters beyond U+FFFF", "😀".repeat(100), ["[UNK]"]],
  ])("splits %s as the reference does", async (_, text, tokens) => {
    expect(await tokensOf(text)).toEqual(tokens);
  });

  it("lowers and strips accents unless the config says otherwise", async () => {
    expect(await tokensOf("AB\u0301", {})).toEqual(["a", "##b"]);
    expect(await tokensOf("É", { strip_accents: false })).toEqual(["é"]);
  });

  it("strips half a megabyte of accents over and below", async () => {
    expect(await tokensOf(`A${"\u0301\u0327".repeat(125_000)}B`, {})).toEqual(["a", "##b"]);
  });
});

describe("makeTokenizerFiles for a folder", async () => {
  const { tokenizerJson: made } = await makeTokenizerFiles(folder(), SIZE);

  it("names the ids around and between the texts", async () => {
    const { template, tokenizerConfig } = await makeTokenizerFiles(folder(), SIZE);
    expect(template).toEqual({ start: [2], between: [3], end: [3], pad: 0, maxTokens: 512 });
    expect(JSON.parse(tokenizerConfig)).toMatchObject({ do_lower_case: false, cls_token: "[CLS]" });
  });

  it("takes special tokens by the names the folder gives them", async () => {
    const { template } = await makeTokenizerFiles(
      folder({
        "tokenizer_config.json": { pad_token: "a", cls_token: { content: "b", special: true } },
        "special_tokens_map.json": { pad_token: "é" },
      }),
      SIZE,
    );
    expect(template).toMatchObject({ start: [6], between: [3], end: [3], pad: 12 });
  });

  it.each([
    [64, 64],
    [512, 512],
    [1024, 512],
    [1e30, 512],
    [null, 512],
  ])("takes a model_max_length of %j for at most %j tokens", async (model_max_length, maxTokens) => {
    const files = folder({ "tokenizer_config.json": { do_lower_case: false, model_max_length } });
    expect((await makeTokenizerFiles(files, SIZE)).template.maxTokens).toBe(maxTokens);
  });

  it("keeps the folder's own tokenizer.json", async () => {
    const { tokenizerJson: own } = await makeTokenizerFiles(folder(), SIZE);
    const files = folder({ "tokenizer.json": ` ${own}\n` }, ["unused"]);
    const { tokenizerJson, template } = await makeTokenizerFiles(files, SIZE);
    expect(tokenizerJson).toBe(` ${own}\n`);
    expect(template.start).toEqual([2]);
  });

  it.each<[object, string]>([
    [{ do_lower_case: true }, "do_lower_case true as in tokenizer_config.json, found false"],
    [
      { tokenizer_class: "BertTokenizer" },
      "do_lower_case true as in tokenizer_config.json, where nothing means that, found false",
    ],
    [
      { do_lower_case: false, strip_accents: true },
      "strip_accents true as in tokenizer_config.json, found false",
    ],
    [
      { do_lower_case: false, tokenize_chinese_chars: false },
      "tokenize_chinese_chars false as in tokenizer_config.json, found true",
    ],
  ])("refuses a tokenizer.json that %j contradicts", async (config, message) => {
    const { tokenizerJson: own } = await makeTokenizerFiles(folder(), SIZE);
    const files = folder({ "tokenizer.json": own, "tokenizer_config.json": config });
    await expect(makeTokenizerFiles(files, SIZE)).rejects.toThrow(`tokenizer.json: expected ${message}`);
  });

  /** The folder's own tokenizer.json, its normalizer changed. */
  const normalizing = (changes: object) => {
    const tokenizer = JSON.parse(made);
    tokenizer.normalizer = { ...tokenizer.normalizer.normalizers.at(-1), ...changes };
    return tokenizer;
  };

  it.each<[object, object, string]>([
    [{ model_max_length: 512 }, {}, "do_lower_case true"],
    [{ do_lower_case: false }, { handle_chinese_chars: false }, "tokenize_chinese_chars true"],
    [{ do_lower_case: false }, { strip_accents: true }, "strip_accents false"],
    [
      { tokenizer_class: "BertTokenizerFast" },
      { lowercase: true, strip_accents: false },
      "strip_accents true",
    ],
  ])(
    "refuses for %j, with the defaults of BertTokenizer, a normalizer with %j",
    async (config, changes, expected) => {
      const files = folder({ "tokenizer.json": normalizing(changes), "tokenizer_config.json": config });
      await expect(makeTokenizerFiles(files, SIZE)).rejects.toThrow(
        `tokenizer.json: expected ${expected} as in tokenizer_config.json, where nothing means that, found`,
      );
    },
  );

  it.each<[object, object]>([
    [{}, { lowercase: true }],
    [{ do_lower_case: false }, { strip_accents: false }],
    [{ tokenizer_class: "PreTrainedTokenizerFast" }, {}],
  ])("takes for %j a normalizer with %j", async (config, changes) => {
    const files = folder({ "tokenizer.json": normalizing(changes), "tokenizer_config.json": config });
    await expect(makeTokenizerFiles(files, SIZE)).resolves.toBeDefined();
  });

  /** Each with a list of two tokens: one of BERT's five and one that may be none of the tokenizer's. */
  const listings: [string, string, object][] = [
    ["added_tokens_decoder", "tokenizer_config.json", { 2: { content: "[CLS]" }, 5: { content: "a" } }],
    ["additional_special_tokens", "tokenizer_config.json", ["[CLS]", { content: "a" }]],
    ["extra_special_tokens", "tokenizer_config.json", ["[CLS]", "a"]],
    ["extra_special_tokens", "tokenizer_config.json", { first_token: "[CLS]", image_token: "a" }],
    ["additional_special_tokens", "special_tokens_map.json", ["[CLS]", "a"]],
    ["eos_token", "special_tokens_map.json", { content: "a" }],
  ];
  const listed = ([list, name, tokens]: (typeof listings)[number], entries = {}) =>
    folder({
      "tokenizer_config.json": { do_lower_case: false },
      [name]: { do_lower_case: false, [list]: tokens },
      ...entries,
    });

  it.each(listings)("refuses a token that only %s of %s adds: %j", async (...listing) => {
    const [, name] = listing;
    for (const files of [listed(listing), listed(listing, { "tokenizer.json": made })]) {
      await expect(makeTokenizerFiles(files, SIZE)).rejects.toThrow(
        `${name}: expected added tokens to be among those of tokenizer.json, found "a"`,
      );
    }
  });

  it.each(listings)("takes one of %s of %s that tokenizer.json adds too: %j", async (...listing) => {
    const tokenizer = JSON.parse(made);
    tokenizer.added_tokens.push({ ...tokenizer.added_tokens[0], id: 5, content: "a" });
    await expect(
      makeTokenizerFiles(listed(listing, { "tokenizer.json": tokenizer }), SIZE),
    ).resolves.toBeDefined();
  });

  it("refuses a token that only added_tokens.json adds", async () => {
    const files = folder({ "added_tokens.json": { "[CLS]": 2, a: 5 } });
    await expect(makeTokenizerFiles(files, SIZE)).rejects.toThrow("added_tokens.json: expected added tokens");
  });

  it("reads no vocabulary longer than any is", async () => {
    const files = folder().set("vocab.txt", new Blob(["\n".repeat(4_000_001)]));
    const message = "vocab.txt: expected at most 4000000 bytes, found 4000001";
    await expect(makeTokenizerFiles(files, SIZE)).rejects.toThrow(message);
  });

  it("has room for a token called constructor", async () => {
    const vocabulary = [...VOCABULARY, "constructor", "__proto__"];
    const { tokenizerJson: own } = await makeTokenizerFiles(folder({}, vocabulary), SIZE + 2);
    expect(JSON.parse(own).model.vocab).toMatchObject({ constructor: SIZE });
    await expect(makeTokenizerFiles(folder({ "tokenizer.json": own }), SIZE + 2)).resolves.toBeDefined();
  });

  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const ownTokenizer = (vocab: object, added: { id: number; content: string }[] = []) => {
    const tokenizer = JSON.parse(made);
    tokenizer.added_tokens = added.map((token) => ({ ...token, ...flags }));
    tokenizer.model.vocab = vocab;
    tokenizer.model.unk_token = "a";
    return { "tokenizer.json": tokenizer };
  };

  it.each<[string, Map<string, Blob>, string]>([
    [
      "neither tokenizer.json nor vocab.txt",
      new Map([["tokenizer_config.json", new Blob(["{}"])]]),
      "checkpoint: expected tokenizer.json or vocab.txt, found tokenizer_config.json",
    ],
    [
      "no tokenizer_config.json",
      new Map([["vocab.txt", new Blob([])]]),
      "checkpoint: expected tokenizer_config.json, found vocab.txt",
    ],
    [
      "a vocabulary that is too short",
      folder({}, VOCABULARY.slice(0, -1)),
      "vocab.txt: expected config.json's 13 tokens, found 12",
    ],
    [
      "a vocabulary that is too long",
      folder({}, [...VOCABULARY, "c"]),
      "vocab.txt: expected config.json's 13 tokens, found 14",
    ],
    [
      "a token that stands twice",
      folder({}, VOCABULARY.with(12, "a")),
      'vocab.txt: token "a": expected once, found on lines 6 and 13',
    ],
    [
      "a missing special token",
      folder({}, VOCABULARY.with(3, "sep")),
      'vocabulary: expected sep_token "[SEP]", found no such token',
    ],
    [
      "a vocabulary that is not UTF-8",
      folder().set("vocab.txt", new Blob([Uint8Array.of(0xff)])),
      "vocab.txt: not UTF-8",
    ],
    [
      "another class of tokenizer",
      folder({ "tokenizer_config.json": { tokenizer_class: "RobertaTokenizer" } }),
      'tokenizer_config.json: tokenizer_class: expected ("BertTokenizer" | "BertTokenizerFast"), found "RobertaTokenizer"',
    ],
    [
      "words never to be split",
      folder({ "tokenizer_config.json": { never_split: ["x"] } }),
      'tokenizer_config.json: never_split.0: expected never, found "x"',
    ],
    [
      "inputs cut at the start",
      folder({ "tokenizer_config.json": { truncation_side: "left" } }),
      'tokenizer_config.json: truncation_side: expected "right", found "left"',
    ],
    [
      "an own tokenizer whose inputs are cut at the start",
      folder({
        "tokenizer.json": made,
        "tokenizer_config.json": { do_lower_case: false, truncation_side: "left" },
      }),
      'tokenizer_config.json: truncation_side: expected "right", found "left"',
    ],
    [
      "inputs with room for no text",
      folder({ "tokenizer_config.json": { model_max_length: 3 } }),
      "tokenizer_config.json: model_max_length: expected >=4, found 3",
    ],
    [
      "an own tokenizer with an id beyond the embeddings",
      folder(ownTokenizer({ a: 13 })),
      'tokenizer.json: token "a": expected an id below 1, the number of tokens, found 13',
    ],
    [
      "an own tokenizer with an id used twice",
      folder(ownTokenizer({ a: 1 }, [{ id: 1, content: "b" }])),
      'tokenizer.json: tokens "a" and "b" have the same id 1',
    ],
    [
      "an own tokenizer with two ids for a token",
      folder(ownTokenizer({ a: 1 }, [{ id: 2, content: "a" }])),
      'tokenizer.json: added token "a": expected id 1, found 2',
    ],
    [
      "an own tokenizer with too few tokens",
      folder(ownTokenizer({ a: 0 })),
      "tokenizer.json: expected config.json's 13 tokens, found 1",
    ],
    [
      "an own tokenizer of another kind",
      folder({ "tokenizer.json": { ...JSON.parse(made), pre_tokenizer: { type: "ByteLevel" } } }),
      'tokenizer.json: pre_tokenizer.type: expected ("BertPreTokenizer" | "Sequence"), found "ByteLevel"',
    ],
    [
      "an own tokenizer that names a key twice",
      folder({ "tokenizer.json": made.replace('"a":5', '"a":5,"a":6') }),
      'tokenizer.json: "a" is listed twice',
    ],
    [
      "an own tokenizer that is not UTF-8",
      folder().set("tokenizer.json", new Blob([made, Uint8Array.of(0xc3)])),
      "tokenizer.json: not UTF-8",
    ],
    [
      "an own tokenizer with a fractional id",
      folder(ownTokenizer({ a: 0.5 })),
      'tokenizer.json: token "a": expected an integer, found 0.5',
    ],
  ])("throws for %s", async (_, files, message) => {
    await expect(makeTokenizerFiles(files, SIZE)).rejects.toMatchObject({
      code: "malformed-checkpoint",
      message,
    });
  });
});
