/**
 * Spearman's rank correlation: 1 when both put the items in the same order. Equal values share their mean
 * rank.
 *
 * @returns NaN where the values of one are all equal
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  const covariance = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, rank, at) => sum + (rank - middle) * (q[at]! - middle), 0);
  return covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const found: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (const at of order.slice(start, end)) found[at] = (start + end - 1) / 2;
    start = end;
  }
  return found;
}
