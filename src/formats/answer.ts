import type { Question, ReadRow, ScoredRow } from "./format";
import { levelOf } from "./quantiles";

/**
 * The answer to a question: of one response, the value of its rank in the file, as many responses getting each
 * value; of several, the value of the best.
 *
 * @returns undefined where none is best, the question has no values, or the file has one response alone
 */
export function answerOf(
  { values }: Pick<Question, "values">,
  { pairs, best }: ScoredRow,
): string | undefined {
  if (pairs.length === 1) {
    const { quantile } = pairs[0]!;
    return quantile === undefined ? undefined : values[levelOf(quantile, values.length)];
  }
  return best === undefined ? undefined : values[best];
}

/**
 * Whether a question has the values for a row: any number for one response, else one for each.
 *
 * @returns what is wrong, or undefined
 */
export function findUnanswerable(questions: readonly Question[], { pairs }: ReadRow): string | undefined {
  const question = questions.find(
    ({ values }) => pairs.length > 1 && values.length > 0 && values.length !== pairs.length,
  );
  if (!question) return undefined;
  const { name, values } = question;
  return `expected ${values.length} responses, one for each value of ${name}, found ${pairs.length}`;
}
