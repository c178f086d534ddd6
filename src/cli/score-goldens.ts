import { completeManifest, type ManifestDraft } from "../convert/convert";
import { chooseGoldenPairs } from "../convert/golden-pairs";
import type { Pair, Reward } from "../shared/contract";
import { isScorerError, ScorerError } from "../shared/errors";
import type { Dtype, Golden, Manifest } from "../shared/manifest";
import { NodeScorer } from "./node-scorer";

/**
 * A manifest from its draft and the files in its folder: the goldens are what the plain graph of one dtype
 * gives; every artifact's own rewards are kept beside them, NaN where a run of it fails.
 *
 * @param reference the dtype that the others are held against; one of the draft's
 * @throws ScorerError `run-failed` — a run of that one fails
 */
export async function scoreGoldens(
  folder: string,
  draft: ManifestDraft,
  reference: Dtype,
): Promise<Manifest> {
  const open = (artifact: ManifestDraft["artifacts"][number]) =>
    NodeScorer.open(folder, draft, artifact, artifact.graphs[0]!);
  const at = draft.artifacts.findIndex(({ dtype }) => dtype === reference);
  const scorer = await open(draft.artifacts[at]!);
  const rewardsOf = async (pairs: readonly Pair[]) => (await scorer.score(pairs)).map(({ reward }) => reward);
  const pairs = await chooseGoldenPairs(rewardsOf).finally(() => scorer.release());
  const rewards: number[][] = [];
  let goldens: Golden[] = [];
  for (const [index, artifact] of draft.artifacts.entries()) {
    const scorer = await open(artifact);
    const scored = await scorer
      .score(pairs)
      .catch(unlessOverflown)
      .finally(() => scorer.release());
    if (index === at && !scored) throw new ScorerError("run-failed", `${reference}: rewards are not finite`);
    if (index === at) goldens = pairs.map((pair, row) => withReward(pair, scored![row]!));
    rewards.push(pairs.map((_, row) => scored?.[row]?.reward ?? Number.NaN));
  }
  return completeManifest(draft, goldens, rewards);
}

function withReward(pair: Pair, { reward, tokens }: Reward): Golden {
  return { ...pair, reward, tokens };
}

/** Numbers that fp32 holds may be too large for fp16: that is the artifact's fault, and it is left out. */
function unlessOverflown(error: unknown): undefined {
  if (!isScorerError(error) || error.code !== "run-failed") throw error;
}
