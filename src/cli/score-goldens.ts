import { completeManifest, type ManifestDraft } from "../convert/convert";
import { CROSSED_PAIRS, chooseGoldenPairs } from "../convert/golden-pairs";
import type { Pair } from "../shared/contract";
import { largestError } from "../shared/largest-error";
import type { Artifact, Dtype, Golden, Manifest } from "../shared/manifest";
import { NodeScorer } from "./node-scorer";
import { rewardsOf } from "./rewards-of";

export interface ScoredGoldens {
  manifest: Manifest;
  /** What the artifacts were held against: more pairs than the manifest keeps. */
  references: readonly Golden[];
}

/**
 * A manifest from its draft and the files in its folder: the goldens are what the plain graph of one dtype
 * gives; every artifact's own rewards are kept beside them, NaN where a run of it fails: numbers that fp32 holds
 * may be too large for fp16. How far it is off is measured on more pairs than are kept.
 *
 * @param reference the dtype that the others are held against; one of the draft's
 * @throws ScorerError `run-failed` — a run of that one fails
 */
export async function scoreGoldens(
  folder: string,
  draft: ManifestDraft,
  reference: Dtype,
): Promise<ScoredGoldens> {
  const { goldens, crossed } = await scoreReference(folder, draft, reference);
  const references = [...goldens, ...crossed];
  const measured: Pick<Artifact, "rewards" | "maxError">[] = [];
  for (const artifact of draft.artifacts) {
    const rewards = await rewardsOf(folder, draft, artifact, artifact.graphs[0]!, references);
    const maxError = largestError(
      rewards,
      references.map(({ reward }) => reward),
    );
    measured.push({ rewards: rewards.slice(0, goldens.length), maxError });
  }
  return { manifest: completeManifest(draft, goldens, measured), references };
}

/** What the others are held against. */
async function scoreReference(
  folder: string,
  draft: ManifestDraft,
  reference: Dtype,
): Promise<{ goldens: Golden[]; crossed: Golden[] }> {
  const artifact = draft.artifacts.find(({ dtype }) => dtype === reference)!;
  const scorer = await NodeScorer.open(folder, draft, artifact, artifact.graphs[0]!);
  try {
    const score = async (pairs: readonly Pair[]) => {
      const scored = await scorer.score(pairs);
      return pairs.map((pair, at) => ({ ...pair, reward: scored[at]!.reward, tokens: scored[at]!.tokens }));
    };
    const pairs = await chooseGoldenPairs(async (some) => (await score(some)).map(({ reward }) => reward));
    return { goldens: await score(pairs), crossed: await score(CROSSED_PAIRS) };
  } finally {
    await scorer.release();
  }
}
