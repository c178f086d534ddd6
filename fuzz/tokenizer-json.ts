import assert from "node:assert/strict";
import { makeTokenizerFiles } from "../src/convert/tokenizer-files";
import { PairTokenizer } from "../src/worker/tokenizer";
import { openFixture } from "../test/fixture";
import type { Bytes } from "./mutate-bytes";
import { mutateJson } from "./mutate-json";
import type { Reader } from "./reader";

const MADE = await makeTokenizerFiles(await openFixture("bert-seqcls"), 3000);
const SEED = JSON.parse(MADE.tokenizerJson);
const TEMPLATE = { ...MADE.template, maxTokens: 512, truncation: "longest-first" as const };

/** Texts that a pattern may run away on. */
const TEXTS = [
  "The fog, the fog!",
  "a".repeat(2000),
  "[SEP][PAD] 中文 é\u0301 \ud800 \u202e",
  "!".repeat(300),
];

/** Parts that the tokenizer is made of, and what a stranger may put there besides numbers and flags. */
const SPLITS = new Set([
  SEED.pre_tokenizer.pretokenizers[1].pattern.Regex,
  SEED.normalizer.normalizers[0].pattern.Regex,
]);

function read(bytes: Bytes): Promise<number[]> {
  const tokenizer = new PairTokenizer(new TextDecoder().decode(bytes), MADE.tokenizerConfig, TEMPLATE);
  const pairs = TEXTS.map((text) => ({ prompt: text, response: text }));
  return Promise.resolve(pairs.flatMap((pair) => tokenizer.encodePair(pair).ids));
}

/** No pattern but ours was run, and every id is one that the file gives. */
function judge(bytes: Bytes, ids: readonly number[]): void {
  const { added_tokens, model, normalizer, pre_tokenizer } = JSON.parse(new TextDecoder().decode(bytes));
  const given = [...Object.values<number>(model.vocab), ...added_tokens.map(({ id }: { id: number }) => id)];
  const sorted = [...new Set(given)].sort((a, b) => a - b);
  assert.ok(sorted.every((id, at) => id === at));
  assert.ok(ids.every((id) => id < sorted.length || Object.values<unknown>(TEMPLATE).flat().includes(id)));
  for (const [, pattern] of JSON.stringify([normalizer, pre_tokenizer]).matchAll(
    /"Regex":("(?:[^"\\]|\\.)*")/g,
  )) {
    assert.ok(SPLITS.has(JSON.parse(pattern!)), `pattern ${pattern}`);
  }
}

export const tokenizerJson: Reader<number[]> = {
  mutant: (random) => mutateJson(SEED, random),
  read,
  judge,
};
