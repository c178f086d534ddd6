import { Tokenizer } from "@huggingface/tokenizers";
import { readTokenizer } from "../convert/read-tokenizer";
import { bertNormalizerOf } from "../convert/tokenizer-json";
import type { Pair, Unread } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import type { PairTemplate } from "../shared/manifest";
import { truncateLongestFirst } from "./truncate";
import { findUnread } from "./unread";
import { WordMemo } from "./word-memo";
import { quickenWordPiece } from "./word-pieces";

/** A pair as the model reads it. */
export interface EncodedPair {
  ids: number[];
  tokens: number;
  truncated: boolean;
  unread: { prompt: Unread | undefined; response: Unread | undefined };
}

/** BERT lowers each character alone; JavaScript would give another sigma at the end of a word. */
function lowerSigma(text: string): string {
  return text.replaceAll("Σ", "σ");
}

/** Chinese characters beyond U+FFFF: BERT takes each for a word, the library only those before. */
const HIGH_CHINESE = /[\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;

function spaceHighChinese(text: string): string {
  return text.replace(HIGH_CHINESE, " $& ");
}

const unchanged = (text: string) => text;

/** Turns pairs into token ids: `[start] prompt [between] response [end]`, cut longest-first. */
export class PairTokenizer {
  readonly #encode: (text: string) => readonly number[];
  readonly #template: PairTemplate;

  /**
   * @param json the text of `tokenizer.json`
   * @param config the text of `tokenizer_config.json`
   * @throws ScorerError `malformed-model` — not a tokenizer of BERT
   */
  constructor(json: string, config: string, template: PairTemplate) {
    this.#template = template;
    const read = readTokenizer(json, config);
    const { normalizer, pre_tokenizer, model, added_tokens } = read;
    const parts = { normalizer, pre_tokenizer, model, added_tokens, post_processor: null, decoder: null };
    try {
      const tokenizer = new Tokenizer(parts, {});
      quickenWordPiece(tokenizer);
      const { lowercase, handle_chinese_chars } = bertNormalizerOf(read) ?? {};
      const lower = lowercase ? lowerSigma : unchanged;
      const space = handle_chinese_chars ? spaceHighChinese : unchanged;
      const encode = (text: string) =>
        tokenizer.encode(space(lower(text)), { add_special_tokens: false }).ids;
      const spaced = added_tokens.some(({ content }) => /\s/.test(content));
      const memo = new WordMemo(encode);
      this.#encode = spaced ? encode : (text) => memo.encode(text);
    } catch (cause) {
      throw new ScorerError("malformed-model", "tokenizer.json: not a tokenizer we can read", { cause });
    }
  }

  /** Any two strings: empty, with lone surrogates or NUL, or megabytes long. */
  encodePair({ prompt, response }: Pair): EncodedPair {
    const { start, between, end, maxTokens } = this.#template;
    const room = maxTokens - start.length - between.length - end.length;
    const promptIds = this.#encode(prompt);
    const responseIds = this.#encode(response);
    const [keptPrompt, keptResponse] = truncateLongestFirst(promptIds.length, responseIds.length, room);
    const ids = [
      ...start,
      ...promptIds.slice(0, keptPrompt),
      ...between,
      ...responseIds.slice(0, keptResponse),
      ...end,
    ];
    const unread = {
      prompt: this.#unread(prompt, promptIds, keptPrompt),
      response: this.#unread(response, responseIds, keptResponse),
    };
    return { ids, tokens: ids.length, truncated: Boolean(unread.prompt ?? unread.response), unread };
  }

  #unread(text: string, ids: readonly number[], kept: number): Unread | undefined {
    if (kept === ids.length) return undefined;
    return { tokens: ids.length - kept, from: findUnread((part) => this.#encode(part), text, kept) };
  }
}
