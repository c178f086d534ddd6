import { scoreOf } from "../shared/score";
import { UsageError } from "./usage-error";

/**
 * A reward times the alpha that the command was told.
 *
 * @throws UsageError — the alpha is too large for this reward
 */
export function applyAlpha(reward: number, alpha: number): number {
  try {
    return scoreOf(reward, alpha);
  } catch (error) {
    throw new UsageError(`--alpha: ${(error as RangeError).message}`);
  }
}
