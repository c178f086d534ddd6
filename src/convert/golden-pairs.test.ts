import { expect, it } from "vitest";
import type { Pair } from "../shared/contract";
import { chooseGoldenPairs, SHORT_GOLDEN_PAIRS } from "./golden-pairs";

const PROMPT = SHORT_GOLDEN_PAIRS[5]!.prompt;

/** Made up its mind after 30 words, but for one prompt, whose reward every word lowers. */
function stubborn({ prompt, response }: Pair): number {
  const words = response.split(" ");
  return prompt === PROMPT ? -words.length : Math.min(words.length, 30);
}

it("takes of each length the pair whose reward the end of the response still moves", async () => {
  const pairs = await chooseGoldenPairs(async (some) => some.map(stubborn));
  const long = pairs.slice(SHORT_GOLDEN_PAIRS.length);
  expect(pairs.slice(0, SHORT_GOLDEN_PAIRS.length)).toEqual(SHORT_GOLDEN_PAIRS);
  expect(long.slice(0, -1).map(({ prompt }) => prompt)).toEqual([PROMPT, PROMPT, PROMPT]);
  expect(long.slice(0, -1).map(({ response }) => response.split(" ").length)).toEqual([85, 172, 600]);
});

it("ends with a pair of which both texts are longer than a model reads", async () => {
  const { prompt, response } = (await chooseGoldenPairs(async (some) => some.map(stubborn))).at(-1)!;
  for (const text of [prompt, response]) expect(text.split(" ").length).toBeGreaterThan(400);
});
