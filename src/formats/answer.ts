import type { Question, ScoredRow } from "./format";
import { levelOf } from "./quantiles";

/**
 * The answer to a question: of one response, the value of its rank in the file, as many responses getting each
 * value; of several, the value of the best.
 *
 * @returns undefined where none is best, or there is not one value a response
 */
export function answerOf(
  { values }: Pick<Question, "values">,
  { pairs, best }: ScoredRow,
): string | undefined {
  if (pairs.length === 1) return values[levelOf(pairs[0]!.quantile, values.length)];
  return best !== undefined && values.length === pairs.length ? values[best] : undefined;
}
