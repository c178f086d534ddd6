/** How a BERT tokenizer is set up: tokenizer_config.json, without the names of files and classes. */
export interface BertTokenizerOptions {
  lowercase: boolean;
  /** `undefined`: as `lowercase`. */
  stripAccents: boolean | undefined;
  handleChineseChars: boolean;
  /** The five special tokens by their role; each is in the vocabulary. */
  specialTokens: SpecialTokens;
}

export const SPECIAL_TOKEN_ROLES = ["pad", "unk", "cls", "sep", "mask"] as const;

export type SpecialTokens = Record<(typeof SPECIAL_TOKEN_ROLES)[number], string>;

/** What the reference implementation takes for Chinese characters. */
const CJK =
  "\\x{4E00}-\\x{9FFF}\\x{3400}-\\x{4DBF}\\x{F900}-\\x{FAFF}\\x{20000}-\\x{2A6DF}\\x{2A700}-\\x{2CEAF}\\x{2F800}-\\x{2FA1F}";

/** Unicode's punctuation and every other ASCII sign. */
const PUNCTUATION = "\\p{P}\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E";

/** Code points that are not assigned. */
export const UNASSIGNED = "\\p{Cn}";

/** Accents and other marks that stand on the sign before. */
export const MARKS = "\\p{Mn}";

/** What splits words: special tokens that are whole ones, punctuation, and Chinese characters if asked. */
export function splitPattern(specialTokens: readonly string[], handleChineseChars: boolean): string {
  const wholeWords = specialTokens.map((token) => `^${token.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
  return [...wholeWords, `[${PUNCTUATION}${handleChineseChars ? CJK : ""}]`].join("|");
}

/**
 * Makes the contents of `tokenizer.json` for a vocabulary, giving the tokens of transformers' Python
 * `BertTokenizer`.
 *
 * Differs from what transformers' own conversion writes where that one's tokens differ, or where
 * runtimes disagree on what a `BertNormalizer` does: unassigned code points, Chinese characters beyond
 * U+FFFF, special tokens that appear only after control characters are removed.
 *
 * @param ids token ids from 0 on, without gaps
 */
export function makeBertTokenizerJson(
  ids: ReadonlyMap<string, number>,
  options: BertTokenizerOptions,
): object {
  const special = SPECIAL_TOKEN_ROLES.map((role) => options.specialTokens[role])
    .map((content) => ({ id: ids.get(content)!, content }))
    .toSorted((a, b) => a.id - b.id);
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((token) => ({ ...token, ...addedTokenFlags })),
    normalizer: makeNormalizer(options),
    pre_tokenizer: makePreTokenizer(options),
    post_processor: makePostProcessor(ids, options.specialTokens),
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: options.specialTokens.unk,
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(ids),
    },
  };
}

/** Found in the text as it is, before it is normalized. */
const addedTokenFlags = {
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
};

function makeNormalizer({ lowercase, stripAccents, handleChineseChars }: BertTokenizerOptions): object {
  return {
    type: "Sequence",
    normalizers: [
      remove(UNASSIGNED),
      // They go anyway, but only once put in order, and that takes the square of a run's length: minutes for 500 kB.
      ...((stripAccents ?? lowercase) ? [remove(MARKS)] : []),
      {
        type: "BertNormalizer",
        clean_text: true,
        handle_chinese_chars: handleChineseChars,
        strip_accents: stripAccents ?? null,
        lowercase,
      },
    ],
  };
}

function remove(Regex: string): object {
  return { type: "Replace", pattern: { Regex }, content: "" };
}

function makePreTokenizer({ handleChineseChars, specialTokens }: BertTokenizerOptions): object {
  return {
    type: "Sequence",
    pretokenizers: [
      { type: "WhitespaceSplit" },
      {
        type: "Split",
        pattern: { Regex: splitPattern(Object.values(specialTokens), handleChineseChars) },
        behavior: "Isolated",
        invert: false,
      },
    ],
  };
}

/** Token types are all 0: the models were trained so. */
function makePostProcessor(ids: ReadonlyMap<string, number>, { cls, sep }: SpecialTokens): object {
  const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const text = (id: "A" | "B") => ({ Sequence: { id, type_id: 0 } });
  const prompt = [token(cls), text("A"), token(sep)];
  const definition = (id: string) => [id, { id, ids: [ids.get(id)], tokens: [id] }];
  return {
    type: "TemplateProcessing",
    single: prompt,
    pair: [...prompt, text("B"), token(sep)],
    special_tokens: Object.fromEntries([definition(cls), definition(sep)]),
  };
}
