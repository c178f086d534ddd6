import type { Pair } from "../../src/shared/contract";

/**
 * Tokens of a pair at every twentieth of real conversations, the least first: 4,624 of hh-rlhf's
 * harmless-base test, 838 of LLMBar and 687 of OpenAssistant, counted with BERT's cased vocabulary
 * and cut at 512.
 */
const LENGTHS = [
  9, 29, 37, 46, 55, 65, 76, 88, 100, 112, 125, 139, 155, 172, 192, 218, 252, 292, 350, 448, 512,
];

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SPECIAL_TOKENS = 3;
const STRIDE = 187; // has no factor in common with 500

/** Pairs of that many tokens in all, different ones: a letter is a token in every vocabulary. */
export function pairOf(tokens: number, seed = 0): Pair {
  const letters = Array.from(
    { length: tokens - SPECIAL_TOKENS },
    (_, at) => LETTERS[(seed * 7 + at * (1 + (seed % 5))) % LETTERS.length],
  );
  const cut = Math.max(1, Math.floor(letters.length / 3));
  return { prompt: letters.slice(0, cut).join(" "), response: letters.slice(cut).join(" ") };
}

/** So many pairs with the lengths of real conversations, in no order. */
export function mixedPairs(count: number): Pair[] {
  const lengths = Array.from({ length: count }, (_, at) => {
    const place = (((at * STRIDE) % count) / (count - 1)) * (LENGTHS.length - 1);
    const low = Math.min(Math.floor(place), LENGTHS.length - 2);
    return Math.round(LENGTHS[low]! + (place - low) * (LENGTHS[low + 1]! - LENGTHS[low]!));
  });
  return lengths.map(pairOf);
}
