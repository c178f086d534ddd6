type Encode = (text: string) => readonly number[];

/**
 * White space that ends a token for certain. Other spaces may be cleaned away by a normalizer, so a
 * text is only cut at these.
 */
const WORD = /[^ \t\r\n]+/g;

/** First guess of how far the kept tokens reach into a word, in UTF-16 code units. */
const FIRST_REACH = 64;

/** Longest word that WordPiece cuts into pieces: a cut may be misjudged by this much before it is refined. */
const LONGEST_WORD = 100;

/**
 * Where reading stops in a text of which the first `kept` tokens are read. The tokenizer tells no
 * offsets, so the text is tokenized word by word up to there.
 *
 * @returns an index in UTF-16 code units, never inside a surrogate pair
 */
export function findUnread(encode: Encode, text: string, kept: number): number {
  let left = kept;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (left === 0) return index;
    const tokens = encode(word.slice(0, reach(encode, word, left))).length;
    if (tokens > left) return index + beforeSurrogate(word, splitWord(encode, word, left));
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

/** The longest start of a word that gives its first `left` tokens. */
function splitWord(encode: Encode, word: string, left: number): number {
  let fits = 0;
  let tooLong = reach(encode, word, left);
  const expected = encode(word.slice(0, tooLong)).slice(0, left).join();
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (encode(word.slice(0, middle)).length <= left) fits = middle;
    else tooLong = middle;
  }
  // Inside a word the count is not monotone: "unaff" may be two pieces where "unaf" is three.
  for (let length = Math.min(fits + LONGEST_WORD, word.length); length > 0; length--) {
    if (encode(word.slice(0, length)).join() === expected) return length;
    if (length <= fits - LONGEST_WORD) break;
  }
  return fits;
}

function beforeSurrogate(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const isLow = unit >= 0xdc00 && unit < 0xe000;
  const before = text.charCodeAt(index - 1);
  return isLow && before >= 0xd800 && before < 0xdc00 ? index - 1 : index;
}
