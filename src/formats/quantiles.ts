/**
 * Of each value the share of all values that are lower, equal ones (itself too) counted half.
 *
 * @returns numbers in (0, 1), same order; 0.5 for a value alone
 */
export function quantilesOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return values.map(
    (value) => (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2 / sorted.length,
  );
}

/**
 * One of so many equally likely levels: as many of a file's responses get each, ties aside.
 *
 * @returns an integer in [0, levels)
 */
export function levelOf(quantile: number, levels: number): number {
  return Math.min(levels - 1, Math.floor(quantile * levels));
}

/** How many of the sorted values are lower, or lower or equal. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle]!;
    if (found < value || (orEqual && found === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
