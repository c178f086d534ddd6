import * as v from "valibot";
import { MARKS, splitPattern, UNASSIGNED } from "./bert-tokenizer-json";
import { count, jsonObject } from "./schemas";

/** Longest word that is cut into pieces, in characters: BERT's own. Cutting takes the square of it. */
const MAX_WORD = 100;

/** Longest added token, in UTF-16 code units. Texts are searched for each at every place. */
const MAX_ADDED_TOKEN = 100;

/** Tokens added to a vocabulary; BERT has five, and up to a thousand of them are "unused". */
const MAX_ADDED_TOKENS = 2000;

/** Steps of a normalizer: the converter writes three at most. */
const MAX_NORMALIZERS = 3;

const bertNormalizer = v.object({
  type: v.literal("BertNormalizer"),
  clean_text: v.boolean(),
  handle_chinese_chars: v.boolean(),
  strip_accents: v.nullable(v.boolean()),
  lowercase: v.boolean(),
});

/** Takes out code points that give no token, as Python's BERT does. */
const drop = v.object({
  type: v.literal("Replace"),
  pattern: v.strictObject({ Regex: v.picklist([UNASSIGNED, MARKS]) }),
  content: v.literal(""),
});

const normalizer = v.variant("type", [
  bertNormalizer,
  v.object({
    type: v.literal("Sequence"),
    normalizers: v.pipe(v.array(v.variant("type", [drop, bertNormalizer])), v.maxLength(MAX_NORMALIZERS)),
  }),
]);

const split = v.object({
  type: v.literal("Split"),
  pattern: v.strictObject({
    Regex: v.pipe(v.string(), v.check(isOurSplit, "a pattern that convert writes")),
  }),
  behavior: v.literal("Isolated"),
  invert: v.literal(false),
});

const preTokenizer = v.variant("type", [
  v.object({ type: v.literal("BertPreTokenizer") }),
  v.object({
    type: v.literal("Sequence"),
    pretokenizers: v.strictTuple([v.object({ type: v.literal("WhitespaceSplit") }), split]),
  }),
]);

const addedToken = v.object({
  id: count,
  content: v.pipe(v.string(), v.nonEmpty("some text"), v.maxLength(MAX_ADDED_TOKEN)),
  /** The library does not follow it. */
  single_word: v.literal(false),
  lstrip: v.boolean(),
  rstrip: v.boolean(),
  normalized: v.boolean(),
  special: v.boolean(),
});

/**
 * The parts of `tokenizer.json` that turn text into ids, where they are BERT's. Other parts say how to pad,
 * cut, join and decode, and are not looked at.
 *
 * The library compiles patterns that it finds in the file, and one that a stranger wrote can run for years
 * on a text of a line. So a pattern is either of those that the converter writes, or refused.
 */
export const tokenizerJson = v.object({
  normalizer,
  pre_tokenizer: preTokenizer,
  added_tokens: v.pipe(v.array(addedToken), v.maxLength(MAX_ADDED_TOKENS)),
  model: v.object({
    type: v.literal("WordPiece"),
    unk_token: v.string(),
    continuing_subword_prefix: v.literal("##"),
    max_input_chars_per_word: v.pipe(count, v.maxValue(MAX_WORD)),
    vocab: jsonObject,
  }),
});

export type TokenizerJson = v.InferOutput<typeof tokenizerJson>;

/** The step that cleans, lowers and strips accents, if there is one. */
export function bertNormalizerOf({ normalizer }: TokenizerJson) {
  const steps = normalizer.type === "Sequence" ? normalizer.normalizers : [normalizer];
  return steps.find((step) => step.type === "BertNormalizer");
}

/** Literal texts, each between its anchors: a sign that means more than itself stands behind a backslash. */
const WHOLE_WORDS = /^(?:\^(?:[^.*+?^${}()|[\]\\]|\\[.*+?^${}()|[\]\\])*\$\|)*$/u;

/** Whether a pattern is one of the converter's, for any special tokens. It runs in linear time then. */
function isOurSplit(pattern: string): boolean {
  const alone = [true, false]
    .map((chinese) => splitPattern([], chinese))
    .find((end) => pattern.endsWith(end));
  return alone !== undefined && WHOLE_WORDS.test(pattern.slice(0, -alone.length));
}
