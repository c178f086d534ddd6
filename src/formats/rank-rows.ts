import { type Comparison, compareRewards } from "../shared/compare-rewards";
import type { Reward } from "../shared/contract";
import { scoreOf } from "../shared/score";
import type { PlacedPair, PlacedRow, ScoredPair, ScoredRow } from "./format";
import type { Judge } from "./judge";
import { quantilesOf } from "./quantiles";

/** What {@link rankRows} knows of a row before it has seen the others. */
type Row = Omit<ScoredRow, "confidence">;

/**
 * Put rewards to the pairs they belong to, and see each row among all of its file.
 *
 * @param rewards one a pair, in the rows' order
 * @throws RangeError — their number is not that of the pairs, or a score is more than a number holds
 */
export function rankRows(rows: readonly PlacedRow[], rewards: readonly Reward[], judge: Judge): ScoredRow[] {
  const pairs = rows.reduce((sum, row) => sum + row.pairs.length, 0);
  if (rewards.length !== pairs) {
    throw new RangeError(`rewards: expected one for each of ${pairs} pairs, got ${rewards.length}`);
  }
  const quantiles = ranksOf(rewards.map(({ reward }) => reward));
  let at = 0;
  const scored = rows.map((row) => {
    const pairs = row.pairs.map((pair) => {
      const { reward, tokens, truncated } = rewards[at]!;
      const score = scoreOf(reward, judge.alpha);
      return { ...pair, reward, score, tokens, truncated, quantile: quantiles[at++] };
    });
    return { ...row, pairs, ...compare(pairs, judge) };
  });
  return withConfidence(scored, judge);
}

/** In words, which of three things `confidence` is. */
export function confidenceNote({ pairs, margin, confidence }: ScoredRow, { pairwise }: Judge): string {
  if (pairs.length > 1 && margin === undefined) return "none, the prompts differ";
  if (confidence === undefined) return "none, nothing in this file to rank it by";
  if (margin === undefined) return "rank of the reward in this file, no probability";
  return pairwise
    ? "probability of the best response over the next, sigmoid of the margin"
    : "rank of the margin in this file, no probability";
}

/** Of one value alone there is no rank. */
function ranksOf(values: readonly number[]): (number | undefined)[] {
  return values.length > 1 ? quantilesOf(values) : values.map(() => undefined);
}

/** Rewards compare only within one prompt. */
function compare(pairs: readonly ScoredPair[], { tieWithin }: Judge): Comparison {
  if (havePromptsOfTheirOwn(pairs)) return { best: undefined, margin: undefined };
  return compareRewards(
    pairs.map(({ reward }) => reward),
    tieWithin,
  );
}

/** Whether the pairs of a row are not all responses to one prompt. */
export function havePromptsOfTheirOwn(pairs: readonly PlacedPair[]): boolean {
  return pairs.some(({ prompt }) => prompt !== pairs[0]!.prompt);
}

/**
 * A probability where the model's margins mean one; else the rank among the file's margins, or among its
 * rewards where a row has one pair: what is least certain, or worst, has the lowest.
 */
function withConfidence(rows: readonly Row[], { pairwise }: Judge): ScoredRow[] {
  const margins = ranksOf(rows.flatMap(({ margin }) => margin ?? []));
  let at = 0;
  return rows.map((row) => {
    const { margin, pairs } = row;
    if (pairs.length === 1) return { ...row, confidence: pairs[0]!.quantile };
    if (margin === undefined) return { ...row, confidence: undefined };
    const rank = margins[at++];
    return { ...row, confidence: pairwise ? 1 / (1 + Math.exp(-margin)) : rank };
  });
}
