/** What surely ends a token: the words between give the same ids alone as in their text. */
const WORD = /[^ \t\r\n]+/g;

/** Words kept, in UTF-16 code units at most so long: texts use few words often. */
const MAX_WORDS = 20_000;
const MAX_LENGTH = 50;

/** Encodes a text word by word and remembers what words gave. */
export class WordMemo {
  readonly #encode: (text: string) => readonly number[];
  readonly #known = new Map<string, readonly number[]>();

  /** @param encode of a text, whose tokens never hold white space */
  constructor(encode: (text: string) => readonly number[]) {
    this.#encode = encode;
  }

  encode(text: string): number[] {
    const ids: number[] = [];
    for (const [word] of text.matchAll(WORD)) {
      for (const id of this.#encodeWord(word)) ids.push(id);
    }
    return ids;
  }

  #encodeWord(word: string): readonly number[] {
    if (word.length > MAX_LENGTH) return this.#encode(word);
    const known = this.#known.get(word);
    if (known) return known;
    const ids = this.#encode(word);
    if (this.#known.size === MAX_WORDS) this.#known.clear();
    this.#known.set(word, ids);
    return ids;
  }
}
