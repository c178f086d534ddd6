import type { Pair } from "../shared/contract";
import { isScorerError } from "../shared/errors";
import type { Artifact, Graph, Manifest } from "../shared/manifest";
import { NodeScorer } from "./node-scorer";

/** What one graph of a model folder gives for some pairs, unchecked; NaN where a run gave no finite number. */
export async function rewardsOf(
  folder: string,
  manifest: Pick<Manifest, "template">,
  artifact: Pick<Artifact, "dtype" | "weights">,
  graph: Graph,
  pairs: readonly Pair[],
): Promise<number[]> {
  const scorer = await NodeScorer.open(folder, manifest, artifact, graph);
  try {
    return (await scorer.score(pairs)).map(({ reward }) => reward);
  } catch (error) {
    if (isScorerError(error) && error.code === "run-failed") return pairs.map(() => Number.NaN);
    throw error;
  } finally {
    await scorer.release();
  }
}
