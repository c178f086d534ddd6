import { createFormats } from "../ui/formats";

/** How scores are shown, in any language, as far as it matters whether two are the same. */
const { score: shown } = createFormats("en");

/**
 * The place of the highest score.
 *
 * @returns undefined when there is nothing to compare, or the best show the same number
 */
export function bestResponse(scores: readonly number[]): number | undefined {
  const [first, second] = scores.map((_, place) => place).toSorted((a, b) => scores[b]! - scores[a]!);
  if (first === undefined || second === undefined) return undefined;
  return shown(scores[first]!) === shown(scores[second]!) ? undefined : first;
}
