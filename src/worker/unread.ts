type Encode = (text: string) => readonly number[];

/**
 * White space that ends a token for certain. Other spaces may be cleaned away by a normalizer, so a
 * text is only cut at these.
 */
const WORD = /[^ \t\r\n]+/g;

/** First guess of how far the kept tokens reach into a word, in UTF-16 code units. */
const FIRST_REACH = 64;

/**
 * Most tokens that a word is cut into: one of more characters is a single token, however many its start has.
 * So many tokens at the end of a start may be other ones, or none, in the whole.
 */
const LONGEST_WORD = 100;

/**
 * Longest start of a word that is searched for the cut, in UTF-16 code units: each of some thirty steps may
 * tokenize all of it, and with a megabyte that took a minute. Only words with a long run of characters that
 * make no token, or a single one, need more.
 */
const MAX_REACH = 32_768;

/**
 * Where reading stops in a text of which the first `kept` tokens are read. The tokenizer tells no
 * offsets, so the text is tokenized word by word up to there. The text up to the cut gives the very tokens that
 * are read, except in a word full of characters that make no token: there the cut is before the word, and
 * the text up to it gives the first of them.
 *
 * @returns an index in UTF-16 code units, never inside a surrogate pair
 */
export function findUnread(encode: Encode, text: string, kept: number): number {
  let left = kept;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (left === 0) return index;
    const start = word.slice(0, reach(encode, word, left));
    const tokens = encode(start).length;
    if (tokens > left) {
      if (start.length > MAX_REACH) return index;
      return index + beforeSurrogate(word, splitWord(encode, word, start, left));
    }
    left -= tokens;
  }
  return text.length;
}

/** A length whose tokens are more than `left`, or the whole word: spares a text without spaces. */
function reach(encode: Encode, word: string, left: number): number {
  let length = FIRST_REACH;
  while (length < word.length && encode(word.slice(0, length)).length <= left + LONGEST_WORD) length *= 2;
  return Math.min(length, word.length);
}

/**
 * The longest start of a word that gives its first `left` tokens, 0 when none does. How many tokens a start
 * gives goes up and down ("unaff" may be two where "unaf" is three); that the first ones are right does not.
 *
 * @param start has more than those
 */
function splitWord(encode: Encode, word: string, start: string, left: number): number {
  const expected = encode(start).slice(0, left).join();
  const tokensOf = (length: number) => encode(word.slice(0, length));
  const right = bisect(0, start.length, (length) => tokensOf(length).slice(0, left).join() !== expected) + 1;
  const last = bisect(right, start.length, (length) => tokensOf(length).length <= left);
  return tokensOf(last).join() === expected ? last : 0;
}

/** The last number that holds, where `first` does and `end` does not. */
function bisect(first: number, end: number, holds: (value: number) => boolean): number {
  while (end - first > 1) {
    const middle = (first + end) >> 1;
    if (holds(middle)) first = middle;
    else end = middle;
  }
  return first;
}

function beforeSurrogate(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const isLow = unit >= 0xdc00 && unit < 0xe000;
  const before = text.charCodeAt(index - 1);
  return isLow && before >= 0xd800 && before < 0xdc00 ? index - 1 : index;
}
