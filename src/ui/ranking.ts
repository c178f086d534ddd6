import { scoreOf } from "../shared/score";
import { shownScore } from "./formats";
import { isCurrent, type Row, type Sheet } from "./sheet";

/** Highest reward first; rows without one keep their order at the end. Alpha, never negative, plays no part. */
export function bestFirst(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => rewardOf(b) - rewardOf(a) || 0);
}

function rewardOf({ reading }: Row): number {
  return reading?.reward.reward ?? Number.NEGATIVE_INFINITY;
}

/** The largest absolute reward on show: the length of a full bar. 0 when there is none. */
export function largestReward(rows: readonly Row[]): number {
  return Math.max(0, ...rows.map(({ reading }) => Math.abs(reading?.reward.reward ?? 0)));
}

/** How the responses with a current reward compare. */
export interface Verdict {
  /** Places of the best in the order written, from 0: more than one when they show the same score. */
  best: readonly number[];
  /** The best score. */
  score: number;
  /** The distance to the next best score, as they are shown; undefined when there is no other response. */
  margin: number | undefined;
}

/** @returns undefined when no response has a current reward */
export function verdict(sheet: Sheet, alpha: number): Verdict | undefined {
  const scores = sheet.rows.flatMap((row, place) =>
    row.reading && isCurrent(sheet, row) ? [{ place, score: scoreOf(row.reading.reward.reward, alpha) }] : [],
  );
  const [first, ...rest] = scores.toSorted((a, b) => b.score - a.score);
  if (!first) return undefined;
  const below = ({ score }: { score: number }) => shownScore(shownScore(first.score) - shownScore(score));
  const level = rest.filter((other) => below(other) === 0);
  const next = rest[level.length];
  return {
    best: [first, ...level].map(({ place }) => place).toSorted((a, b) => a - b),
    score: first.score,
    margin: level.length > 0 ? 0 : next && below(next),
  };
}
