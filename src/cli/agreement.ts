import { type Comparison, hasEarlierTurns } from "../formats/comparisons";
import type { PlacedPair } from "../formats/format";
import { rankCorrelation } from "./rank-correlation";
import type { DistinctRewards } from "./score-distinct";
import { wilsonInterval } from "./wilson-interval";

/** How often the preferred response comes out ahead. */
export interface WinRate {
  /** (won + tied / 2) / comparisons; undefined without comparisons. */
  rate: number | undefined;
  /** Wilson's, at 95 %. */
  interval: readonly [number, number] | undefined;
  won: number;
  tied: number;
}

/** How far a model agrees with people. */
export interface Agreement {
  comparisons: number;
  /** Different prompts of theirs: where they are fewer, the true intervals are others. */
  prompts: number;
  /** By the reward. */
  accuracy: WinRate;
  /** By the characters of the response, which any model has to beat. */
  longerWins: WinRate;
  /** Spearman's, of a response's reward and its characters; undefined where either is the same for all. */
  lengthCorrelation: number | undefined;
  /** Different pairs of prompt and response. */
  distinctPairs: number;
  /** Comparisons of which the model did not read all. */
  truncated: number;
  /** Comparisons with turns before the prompt, which the model does not read. */
  withEarlierTurns: number;
}

/** The figures of some comparisons, whatever files they are of. */
export function agreementOf(
  comparisons: readonly Comparison[],
  { rewardOf, judge }: DistinctRewards,
): Agreement {
  const pairs = distinctPairs(comparisons);
  const correlation = rankCorrelation(
    pairs.map((pair) => rewardOf(pair).reward),
    pairs.map(lengthOf),
  );
  const isTruncated = (pair: PlacedPair) => rewardOf(pair).truncated;
  return {
    comparisons: comparisons.length,
    prompts: new Set(comparisons.map(({ preferred }) => preferred.prompt)).size,
    accuracy: winRate(comparisons, (pair) => rewardOf(pair).reward, judge.tieWithin),
    longerWins: winRate(comparisons, lengthOf, 0),
    lengthCorrelation: Number.isNaN(correlation) ? undefined : correlation,
    distinctPairs: pairs.length,
    truncated: comparisons.filter(({ preferred, other }) => isTruncated(preferred) || isTruncated(other))
      .length,
    withEarlierTurns: comparisons.filter(hasEarlierTurns).length,
  };
}

function winRate(
  comparisons: readonly Comparison[],
  worthOf: (pair: PlacedPair) => number,
  tieWithin: number,
): WinRate {
  const margins = comparisons.map(({ preferred, other }) => worthOf(preferred) - worthOf(other));
  const tied = margins.filter((margin) => Math.abs(margin) <= tieWithin).length;
  const won = margins.filter((margin) => margin > tieWithin).length;
  const points = won + tied / 2;
  return {
    rate: margins.length === 0 ? undefined : points / margins.length,
    interval: wilsonInterval(points, margins.length),
    won,
    tied,
  };
}

function distinctPairs(comparisons: readonly Comparison[]): PlacedPair[] {
  const pairs = comparisons.flatMap(({ preferred, other }) => [preferred, other]);
  return [...new Map(pairs.map((pair) => [JSON.stringify([pair.prompt, pair.response]), pair])).values()];
}

/** In characters as a person counts letters of most scripts: code points. */
function lengthOf({ response }: PlacedPair): number {
  return [...response].length;
}
