import type { Artifact, Graph, Manifest } from "../shared/manifest";
import { spreadOf } from "../shared/spread";
import { TOLERANCE } from "../shared/tolerance";
import { rewardsOf } from "./rewards-of";

/** How far one graph is off what the manifest says, in reward units; NaN when a run failed. */
export interface Measurement {
  artifact: Artifact;
  graph: Graph;
  /** Largest difference from the artifact's own rewards. */
  backendError: number;
  /** Largest difference from the goldens. */
  goldenError: number;
  /** Largest `goldenError` allowed. */
  goldenTolerance: number;
  passed: boolean;
}

/**
 * Score goldens with graphs of an artifact.
 *
 * @param indices of the goldens to score
 */
export async function measureArtifact(
  folder: string,
  manifest: Manifest,
  artifact: Artifact,
  graphs: readonly Graph[] = artifact.graphs,
  indices: readonly number[] = manifest.goldens.map((_, at) => at),
): Promise<Measurement[]> {
  const goldenTolerance = TOLERANCE[artifact.dtype].worst * spreadOf(manifest.goldens);
  const measurements: Measurement[] = [];
  for (const graph of graphs) {
    const pairs = indices.map((at) => manifest.goldens[at]!);
    const rewards = await rewardsOf(folder, manifest, artifact, graph, pairs);
    const errorAgainst = (expected: readonly number[]) =>
      Math.max(...indices.map((golden, at) => Math.abs(rewards[at]! - expected[golden]!)));
    const backendError = errorAgainst(artifact.rewards);
    const goldenError = errorAgainst(manifest.goldens.map(({ reward }) => reward));
    const passed = backendError <= artifact.tolerance && goldenError <= goldenTolerance;
    measurements.push({ artifact, graph, backendError, goldenError, goldenTolerance, passed });
  }
  return measurements;
}
