import { type Judge, judgeOf } from "../formats/judge";
import type { Pair, Reward } from "../shared/contract";
import { NodeScorer } from "./node-scorer";
import { scoringProgress } from "./scoring-progress";

/** Rewards by pair, and who gave them. */
export interface DistinctRewards {
  judge: Judge;
  /** @throws RangeError — the pair was not among those scored */
  rewardOf(pair: Pair): Reward;
}

/** Pairs tokenized at a time. */
const CHUNK_PAIRS = 256;

/**
 * Score each distinct pair once. Those of like length go together: little of a batch is padding.
 *
 * @param alpha the judge's. @default the model's own
 */
export async function scoreDistinct(
  folder: string,
  pairs: Iterable<Pair>,
  alpha?: number,
): Promise<DistinctRewards> {
  const distinct = new Map<string, Pair>();
  for (const pair of pairs) distinct.set(keyOf(pair), pair);
  const sorted = [...distinct.values()].sort((a, b) => lengthOf(a) - lengthOf(b));
  const rewards = new Map<string, Reward>();
  const { scorer, manifest, artifact } = await NodeScorer.openChecked(folder);
  const progress = scoringProgress(sorted.length);
  try {
    for (let at = 0; at < sorted.length; at += CHUNK_PAIRS) {
      const chunk = sorted.slice(at, at + CHUNK_PAIRS);
      const scored = await scorer.score(chunk);
      for (const [index, pair] of chunk.entries()) rewards.set(keyOf(pair), scored[index]!);
      progress.update(at + chunk.length);
    }
  } finally {
    progress.stop();
    await scorer.release();
  }
  return {
    judge: judgeOf(manifest, {
      dtype: artifact.dtype,
      backend: "cpu",
      ...(alpha !== undefined && { alpha }),
    }),
    rewardOf(pair) {
      const reward = rewards.get(keyOf(pair));
      if (!reward) throw new RangeError("pair: expected one of those scored");
      return reward;
    },
  };
}

function keyOf({ prompt, response }: Pair): string {
  return JSON.stringify([prompt, response]);
}

function lengthOf({ prompt, response }: Pair): number {
  return prompt.length + response.length;
}
