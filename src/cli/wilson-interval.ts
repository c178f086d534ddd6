/** Of the normal distribution, 95 % lies within so many standard deviations of the middle. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval for a share, at 95 %.
 *
 * @param hits may be a half, where a tie counts so
 * @returns its ends in [0, 1]; undefined where there are no trials
 * @see https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
 */
export function wilsonInterval(hits: number, trials: number): readonly [number, number] | undefined {
  if (trials === 0) return undefined;
  const share = hits / trials;
  const weight = Z ** 2 / trials;
  const middle = (share + weight / 2) / (1 + weight);
  const reach = (Z * Math.sqrt((share * (1 - share)) / trials + weight / trials / 4)) / (1 + weight);
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
