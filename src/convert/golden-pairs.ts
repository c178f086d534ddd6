import type { Pair } from "../shared/contract";

const SHORT_PAIRS: readonly Pair[] = [
  {
    prompt: "What is the capital of France?",
    response:
      "Paris, France's capital, is a major European city and a global center for art, fashion, gastronomy and culture.",
  },
  { prompt: "What is the capital of France?", response: "Google it pal." },
  { prompt: "Qual é a capital da França?", response: "A capital da França é Paris, às margens do rio Sena." },
  { prompt: "Qual é a capital da França?", response: "Procura aí, não enche." },
  {
    prompt: "Why does the moon change its shape?",
    response:
      "It does not: as the moon goes round the earth we see more or less of its sunlit half, from new moon to full moon and back in 29.5 days.",
  },
  {
    prompt: "Escreva um haicai sobre a chuva.",
    response: "Chuva no telhado —\no gato muda de sonho,\na rua espera.",
  },
  {
    prompt: "Write a function that adds two numbers.",
    response: "def add(a, b):\n    return a + b  # 2 + 2 == 4",
  },
  { prompt: "", response: "An answer to no question. 😀 ½ 日本語" },
];

/** Long texts of the short ones: varied, since in a text that repeats itself an error may cancel out. */
const ALL_TEXTS = textsOf(SHORT_PAIRS);
const REVERSED = textsOf(SHORT_PAIRS.toReversed());

/**
 * The pairs every converted model is held against: both languages, good and bad answers, empty and odd
 * texts; then about 128 and 256 tokens, and past 512 by both texts and by the response alone. A load scores
 * the short ones, and each of the others comes before the first pair longer than the one before.
 */
export const GOLDEN_PAIRS: readonly Pair[] = [
  ...SHORT_PAIRS,
  { prompt: SHORT_PAIRS[0]!.prompt, response: textsOf(SHORT_PAIRS.slice(1, 5)) },
  { prompt: SHORT_PAIRS[4]!.prompt, response: ALL_TEXTS },
  { prompt: REVERSED.repeat(3), response: ALL_TEXTS.repeat(3) },
  { prompt: SHORT_PAIRS[6]!.prompt, response: `${REVERSED} ${ALL_TEXTS} `.repeat(3) },
];

function textsOf(pairs: readonly Pair[]): string {
  return pairs.map(({ prompt, response }) => `${prompt} ${response}`).join(" ");
}
