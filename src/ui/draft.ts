import * as v from "valibot";
import type { Language } from "./language";

const draft = v.object({ prompt: v.string(), responses: v.pipe(v.array(v.string()), v.minLength(1)) });

/** The texts on the page, as they are kept between visits. */
export type Draft = v.InferOutput<typeof draft>;

export const DRAFT_KEY = "reward-scorer.draft";

/** What a first visit shows: the pairs with published scores, and in Portuguese what they say. */
export const EXAMPLES: Record<Language, Draft> = {
  en: {
    prompt: "What is the capital of France?",
    responses: [
      "Paris, France's capital, is a major European city and a global center for art, fashion, gastronomy and culture.",
      "Google it pal.",
    ],
  },
  "pt-BR": {
    prompt: "Qual é a capital da França?",
    responses: [
      "Paris, a capital da França, é uma grande cidade europeia e um centro global de arte, moda, gastronomia e cultura.",
      "Procura no Google, amigo.",
    ],
  },
};

/** The kept draft; the language's example when there is none, or when it cannot be read. */
export function parseDraft(text: string | undefined, lang: Language): Draft {
  const example = EXAMPLES[lang];
  if (text === undefined) return example;
  try {
    const result = v.safeParse(draft, JSON.parse(text));
    return result.success ? result.output : example;
  } catch {
    return example;
  }
}

export function isExample(draft: Draft, lang: Language): boolean {
  return JSON.stringify(draft) === JSON.stringify(EXAMPLES[lang]);
}
