import type { Golden } from "../shared/manifest";
import type { BatchLimits } from "./batch";

/** Longest golden scored at a load, in tokens: the check is to take a moment, not a minute. */
const MAX_GOLDEN_TOKENS = 64;

/** Most goldens scored at a load. */
const MAX_GOLDENS = 12;

/** A batch that holds every short golden, so that all but the longest are padded. */
export const SHORT_GOLDENS_BATCH: BatchLimits = {
  maxTokens: MAX_GOLDENS * MAX_GOLDEN_TOKENS,
  maxRows: MAX_GOLDENS,
  runTokens: MAX_GOLDENS * MAX_GOLDEN_TOKENS,
};

/** Indices of the short goldens, shortest first; the shortest of all when none is short. */
export function shortGoldens(goldens: readonly Golden[]): number[] {
  const byLength = goldens.map((_, at) => at).sort((a, b) => goldens[a]!.tokens - goldens[b]!.tokens);
  const short = byLength.filter((at) => goldens[at]!.tokens <= MAX_GOLDEN_TOKENS).slice(0, MAX_GOLDENS);
  return short.length > 0 ? short : byLength.slice(0, 1);
}
