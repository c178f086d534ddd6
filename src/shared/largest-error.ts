/** Largest difference of rewards from the expected ones, same order; NaN where one of them is no number. */
export function largestError(rewards: readonly number[], expected: readonly number[]): number {
  return Math.max(...rewards.map((reward, at) => Math.abs(reward - expected[at]!)));
}
