import type { Pair } from "../shared/contract";

/** Both languages, good and bad answers, empty and odd texts. */
export const SHORT_GOLDEN_PAIRS: readonly Pair[] = [
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

/**
 * Every short prompt with the responses to the others, forty pairs. What smaller weights cost is measured on these
 * too: a dozen goldens are few, and each that is kept is scored again at every load.
 */
export const CROSSED_PAIRS: readonly Pair[] = [
  ...new Set(SHORT_GOLDEN_PAIRS.map(({ prompt }) => prompt)),
].flatMap((prompt) =>
  SHORT_GOLDEN_PAIRS.filter((other) => other.prompt !== prompt).map(({ response }) => ({ prompt, response })),
);

/**
 * Words of a long golden's response: about 128 tokens, about 256, and past 512; and about three quarters of those
 * that are read.
 */
const LONG_RESPONSES = [
  { words: 85, threeQuarters: 64 },
  { words: 172, threeQuarters: 129 },
  { words: 600, threeQuarters: 258 },
];

/** A pair that may become a golden, and the same without the last quarter of what is read of its response. */
interface Candidate {
  whole: Pair;
  part: Pair;
}

/** As many candidates as there are short pairs: the prompt of one, then the texts of all the others. */
function candidates({ words, threeQuarters }: (typeof LONG_RESPONSES)[number]): Candidate[] {
  return SHORT_GOLDEN_PAIRS.map(({ prompt }, at) => {
    const others = [...SHORT_GOLDEN_PAIRS.slice(at + 1), ...SHORT_GOLDEN_PAIRS.slice(0, at)];
    const said = textOf(others).split(" ");
    const respond = (length: number): Pair => ({
      prompt,
      response: Array.from({ length }, (_, word) => said[word % said.length]).join(" "),
    });
    return { whole: respond(words), part: respond(threeQuarters) };
  });
}

/** Past 512 tokens by both texts, so that both are truncated. */
const OVERLONG_PAIR: Pair = {
  prompt: `${textOf(SHORT_GOLDEN_PAIRS.toReversed())} `.repeat(3),
  response: `${textOf(SHORT_GOLDEN_PAIRS)} `.repeat(3),
};

/**
 * The pairs a converted model is held against: the short ones, which a load scores; then about 128 and 256
 * tokens, and past 512 by the response and by both texts, each scored before the first pair longer than the
 * one before. A model has made up its mind about many a long text after its first words, and no error in the
 * rest would show, so of each length the pair is taken whose reward the last quarter moves most.
 *
 * @param rewardsOf one reward per pair, of full precision
 */
export async function chooseGoldenPairs(
  rewardsOf: (pairs: readonly Pair[]) => Promise<number[]>,
): Promise<Pair[]> {
  const long: Pair[] = [];
  for (const response of LONG_RESPONSES) {
    const found = candidates(response);
    const whole = await rewardsOf(found.map((candidate) => candidate.whole));
    const part = await rewardsOf(found.map((candidate) => candidate.part));
    const movements = whole.map((reward, at) => Math.abs(reward - part[at]!));
    long.push(found[movements.indexOf(Math.max(...movements))]!.whole);
  }
  return [...SHORT_GOLDEN_PAIRS, ...long, OVERLONG_PAIR];
}

function textOf(pairs: readonly Pair[]): string {
  return pairs.map(({ prompt, response }) => `${prompt} ${response}`).join(" ");
}
