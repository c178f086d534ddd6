import type { PlacedPair, ReadRow } from "./format";

/** Two responses to one prompt, one of which a person preferred. */
export interface Comparison {
  preferred: PlacedPair;
  other: PlacedPair;
}

/** What a row says of which pair is better: the preferred one than each other, or every two of different ranks. */
export function comparisonsOf({ pairs, preferred, ranks }: ReadRow): Comparison[] {
  const order =
    ranks ?? pairs.map((_, at) => (preferred === undefined ? undefined : at === preferred ? 0 : 1));
  return pairs.flatMap((pair, at) =>
    pairs.filter((_, other) => isLower(order[at], order[other])).map((other) => ({ preferred: pair, other })),
  );
}

/** Whether people judged with more of the conversation than the prompt. */
export function hasEarlierTurns({ preferred, other }: Comparison): boolean {
  return [preferred, other].some(({ earlierTurns = 0 }) => earlierTurns > 0);
}

function isLower(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}
