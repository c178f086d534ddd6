/** How the rewards of responses to one prompt compare. */
export interface Comparison {
  /** The place of the best; undefined when another is as good, or there is nothing to compare. */
  best: number | undefined;
  /** Best reward minus the next, 0 when they are equal; undefined where there is one alone. */
  margin: number | undefined;
}

/** @param tieWithin rewards that differ by no more are equal, in reward units */
export function compareRewards(rewards: readonly number[], tieWithin: number): Comparison {
  const [first, next] = rewards.toSorted((a, b) => b - a);
  if (first === undefined || next === undefined) return { best: undefined, margin: undefined };
  const margin = first - next;
  return margin > tieWithin ? { best: rewards.indexOf(first), margin } : { best: undefined, margin: 0 };
}
