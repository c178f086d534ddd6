/**
 * Spearman's rank correlation: 1 when both put the items in the same order. Equal values share their mean
 * rank.
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  const covariance = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, rank, at) => sum + (rank - middle) * (q[at]! - middle), 0);
  return covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal - 1) / 2;
  });
}
