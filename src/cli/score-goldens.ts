import { completeManifest, type ManifestDraft } from "../convert/convert";
import { chooseGoldenPairs } from "../convert/golden-pairs";
import type { Dtype, Golden, Manifest } from "../shared/manifest";
import { NodeScorer } from "./node-scorer";
import { rewardsOf } from "./rewards-of";

/**
 * A manifest from its draft and the files in its folder: the goldens are what the plain graph of one dtype
 * gives; every artifact's own rewards are kept beside them, NaN where a run of it fails: numbers that fp32 holds
 * may be too large for fp16.
 *
 * @param reference the dtype that the others are held against; one of the draft's
 * @throws ScorerError `run-failed` — a run of that one fails
 */
export async function scoreGoldens(
  folder: string,
  draft: ManifestDraft,
  reference: Dtype,
): Promise<Manifest> {
  const goldens = await makeGoldens(folder, draft, reference);
  const rewards: number[][] = [];
  for (const artifact of draft.artifacts) {
    rewards.push(await rewardsOf(folder, draft, artifact, artifact.graphs[0]!, goldens));
  }
  return completeManifest(draft, goldens, rewards);
}

async function makeGoldens(folder: string, draft: ManifestDraft, reference: Dtype): Promise<Golden[]> {
  const artifact = draft.artifacts.find(({ dtype }) => dtype === reference)!;
  const scorer = await NodeScorer.open(folder, draft, artifact, artifact.graphs[0]!);
  try {
    const pairs = await chooseGoldenPairs(async (some) =>
      (await scorer.score(some)).map(({ reward }) => reward),
    );
    const scored = await scorer.score(pairs);
    return pairs.map((pair, at) => ({ ...pair, reward: scored[at]!.reward, tokens: scored[at]!.tokens }));
  } finally {
    await scorer.release();
  }
}
