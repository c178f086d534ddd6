import type { Question, ScoredRow } from "./format";
import { levelOf } from "./quantiles";

/**
 * The answer to a question: of one response, the value of its rank in the file, as many responses getting each
 * value; of several, the value of the best.
 *
 * @returns undefined where none is best, there is not one value a response, or the file has one response alone
 */
export function answerOf(
  { values }: Pick<Question, "values">,
  { pairs, best }: ScoredRow,
): string | undefined {
  if (pairs.length === 1) {
    const { quantile } = pairs[0]!;
    return quantile === undefined ? undefined : values[levelOf(quantile, values.length)];
  }
  return best !== undefined && values.length === pairs.length ? values[best] : undefined;
}
