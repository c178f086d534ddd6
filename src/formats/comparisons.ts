import type { PlacedPair, ReadRow } from "./format";

/** Two responses to one prompt, one of which a person preferred. */
export interface Comparison {
  preferred: PlacedPair;
  other: PlacedPair;
}

/** What a row says of which pair is better: of every two of different ranks, the one of lower rank. */
export function comparisonsOf({ pairs, ranks = [] }: ReadRow): Comparison[] {
  return pairs.flatMap((pair, at) =>
    pairs.filter((_, other) => isLower(ranks[at], ranks[other])).map((other) => ({ preferred: pair, other })),
  );
}

/** Whether people judged with more of the conversation than the prompt. */
export function hasEarlierTurns({ preferred, other }: Comparison): boolean {
  return [preferred, other].some(({ earlierTurns = 0 }) => earlierTurns > 0);
}

function isLower(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}
