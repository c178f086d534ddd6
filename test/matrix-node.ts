import { readManifest } from "../src/cli/model-folder";
import { NodeScorer } from "../src/cli/node-scorer";
import type { Cell, ScorePairs } from "./matrix-cell";

/** One graph of a model folder on onnxruntime-node. */
export async function openNodeCell(
  folder: string,
  { dtype, attention }: Cell,
): Promise<{ score: ScorePairs; release(): Promise<void> }> {
  const manifest = await readManifest(folder);
  const artifact = manifest.artifacts.find((one) => one.dtype === dtype)!;
  const graph = artifact.graphs.find((one) => one.attention === attention)!;
  const scorer = await NodeScorer.open(folder, manifest, artifact, graph);
  return {
    score: (pairs) => scorer.score(pairs),
    release: () => scorer.release(),
  };
}
