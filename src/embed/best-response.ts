import { shownScore } from "../ui/formats";

/**
 * The place of the highest score.
 *
 * @returns undefined when there is nothing to compare, or the best show the same number
 */
export function bestResponse(scores: readonly number[]): number | undefined {
  const [first, second] = scores.map((_, place) => place).toSorted((a, b) => scores[b]! - scores[a]!);
  if (first === undefined || second === undefined) return undefined;
  return shownScore(scores[first]!) === shownScore(scores[second]!) ? undefined : first;
}
