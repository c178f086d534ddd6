import { largestError } from "../shared/largest-error";
import type { Artifact, Graph, Manifest } from "../shared/manifest";
import { goldenTolerance, referenceTolerance } from "../shared/tolerance";
import { rewardsOf } from "./rewards-of";

/** How far one graph is off what the manifest says, in reward units; NaN when a run failed. */
export interface Measurement {
  artifact: Artifact;
  graph: Graph;
  /** Largest difference from the artifact's own rewards. */
  backendError: number;
  /** Largest `backendError` allowed: as much as a load lets the goldens show. */
  backendTolerance: number;
  /** Largest difference from the goldens. */
  referenceError: number;
  /** Largest `referenceError` allowed. */
  referenceTolerance: number;
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
  const { goldens } = manifest;
  const chosen = indices.map((at) => goldens[at]!);
  const allowed = {
    backendTolerance: goldenTolerance(artifact),
    referenceTolerance: referenceTolerance(artifact.dtype, goldens),
  };
  const measurements: Measurement[] = [];
  for (const graph of graphs) {
    const rewards = await rewardsOf(folder, manifest, artifact, graph, chosen);
    const backendError = largestError(
      rewards,
      indices.map((at) => artifact.rewards[at]!),
    );
    const referenceError = largestError(
      rewards,
      chosen.map(({ reward }) => reward),
    );
    const passed = backendError <= allowed.backendTolerance && referenceError <= allowed.referenceTolerance;
    measurements.push({ artifact, graph, backendError, referenceError, ...allowed, passed });
  }
  return measurements;
}
