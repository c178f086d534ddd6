/**
 * What a person sees: alpha × reward. Never −0, never NaN, never infinite.
 *
 * @throws RangeError — alpha or reward is not finite, or their product is more than a number holds
 */
export function scoreOf(reward: number, alpha: number): number {
  const score = alpha * reward + 0; // adding 0 turns −0 into 0
  if (!Number.isFinite(score)) {
    throw new RangeError(`score: expected a finite number, got ${alpha} × ${reward}`);
  }
  return score;
}
