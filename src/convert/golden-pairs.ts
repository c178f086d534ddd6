import type { Pair } from "../shared/contract";

const STORY =
  "The lighthouse keeper counted the ships again, wrote the number down and waited for the fog to lift. ";
const REPORT =
  "O relatório descreve as medições feitas em cada estação, com a data, o método e a margem de erro. ";

/**
 * The pairs every converted model is held against: both languages, good and bad answers, empty and odd
 * texts, a long one, and one past 512 tokens by both its texts. The short ones are scored at every load.
 */
export const GOLDEN_PAIRS: readonly Pair[] = [
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
  { prompt: "Tell me a story.", response: STORY.repeat(9) },
  { prompt: REPORT.repeat(30), response: STORY.repeat(30) },
];
