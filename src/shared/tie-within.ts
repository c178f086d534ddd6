import type { Golden } from "./manifest";
import { spreadOf } from "./spread";

/**
 * Rewards nearer than this share of the model's spread are equal: ten times what the same tokens are apart in
 * another batch (docs/accuracy.md, "forms apart").
 */
const TIE = 1e-5;

/** Rewards of one prompt that differ by no more are equal, in reward units. */
export function tieWithin(goldens: readonly Pick<Golden, "reward">[]): number {
  return TIE * spreadOf(goldens);
}
