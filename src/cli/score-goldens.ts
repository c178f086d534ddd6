import { completeManifest, type ManifestDraft } from "../convert/convert";
import { chooseGoldenPairs } from "../convert/golden-pairs";
import type { Pair, Reward } from "../shared/contract";
import type { Dtype, Manifest } from "../shared/manifest";
import { NodeScorer } from "./node-scorer";

/**
 * A manifest from its draft and the files in its folder: the goldens are what the plain graph of one dtype
 * gives; every artifact's own rewards are kept beside them.
 *
 * @param reference the dtype that the others are held against; one of the draft's
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
  const scored: Reward[][] = [];
  for (const artifact of draft.artifacts) {
    const scorer = await open(artifact);
    scored.push(await scorer.score(pairs).finally(() => scorer.release()));
  }
  const goldens = pairs.map((pair, index) => {
    const { reward, tokens } = scored[at]![index]!;
    return { ...pair, reward, tokens };
  });
  return completeManifest(
    draft,
    goldens,
    scored.map((own) => own.map(({ reward }) => reward)),
  );
}
