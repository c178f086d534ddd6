import type { Golden } from "./manifest";

/** max − min of the goldens' rewards: what tolerances are a share of. */
export function spreadOf(goldens: readonly Pick<Golden, "reward">[]): number {
  const rewards = goldens.map(({ reward }) => reward);
  return Math.max(...rewards) - Math.min(...rewards);
}
