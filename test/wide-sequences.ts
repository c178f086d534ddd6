import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pair } from "../src/shared/contract";
import type { PairTemplate } from "../src/shared/manifest";
import type { PairTokenizer } from "../src/worker/tokenizer";

/** Words of the texts cut from the licence: three texts of each length. */
const WORD_COUNTS = [2, 4, 8, 12, 16, 24, 32, 48, 64, 80, 100, 128, 160, 200, 256, 320, 400];
const RANDOM_SEQUENCES = 60;
/** Special tokens and the like come before. */
const FIRST_WORD_ID = 200;

/**
 * Token ids of far more pairs than a load checks: the pairs given, plain English of every length, and
 * tokens drawn at random. The same ones every time.
 */
export function wideSequences(
  tokenizer: PairTokenizer,
  pairs: readonly Pair[],
  { start, between, end, maxTokens }: PairTemplate,
  vocabSize: number,
): number[][] {
  const below = seededRandom(7);
  const words = readFileSync(join(import.meta.dirname, "../LICENSE"), "utf8").split(/\s+/);
  const cut = (count: number): Pair => {
    const at = below(words.length - count);
    const middle = at + Math.ceil(count / 4);
    return { prompt: words.slice(at, middle).join(" "), response: words.slice(middle, at + count).join(" ") };
  };
  const texts = [...pairs, ...WORD_COUNTS.flatMap((count) => [cut(count), cut(count), cut(count)])];
  const draw = (count: number) =>
    Array.from({ length: count }, () => FIRST_WORD_ID + below(vocabSize - FIRST_WORD_ID));
  const random = Array.from({ length: RANDOM_SEQUENCES }, (_, at) => {
    const room = at % 3 === 0 ? maxTokens - start.length - between.length - end.length : 80;
    const prompt = 1 + below(room - 1);
    return [...start, ...draw(prompt), ...between, ...draw(1 + below(room - prompt)), ...end];
  });
  return [...texts.map((pair) => tokenizer.encodePair(pair).ids), ...random];
}

/** A linear congruential generator: whole numbers from 0 to below the limit. */
export function seededRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
