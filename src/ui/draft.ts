import * as v from "valibot";

const draft = v.object({ prompt: v.string(), responses: v.pipe(v.array(v.string()), v.minLength(1)) });

/** The texts on the page, as they are kept between visits. */
export type Draft = v.InferOutput<typeof draft>;

export const DRAFT_KEY = "reward-scorer.draft";

/** What a first visit shows: the pairs with published scores. */
export const EXAMPLE: Draft = {
  prompt: "What is the capital of France?",
  responses: [
    "Paris, France's capital, is a major European city and a global center for art, fashion, gastronomy and culture.",
    "Google it pal.",
  ],
};

/** The kept draft; the example when there is none, or when it cannot be read. */
export function parseDraft(text: string | undefined): Draft {
  if (text === undefined) return EXAMPLE;
  try {
    const result = v.safeParse(draft, JSON.parse(text));
    return result.success ? result.output : EXAMPLE;
  } catch {
    return EXAMPLE;
  }
}

export function isExample(draft: Draft): boolean {
  return JSON.stringify(draft) === JSON.stringify(EXAMPLE);
}
