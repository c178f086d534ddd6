import { ScorerError } from "../shared/errors";
import type { Artifact, Graph, Manifest } from "../shared/manifest";
import { NodeScorer } from "./node-scorer";

/** How far one graph is off the reference rewards. */
export interface Measurement {
  artifact: Artifact;
  graph: Graph;
  /** Largest |reward − golden|, in reward units; NaN when a run failed or gave no number. */
  maxError: number;
  passed: boolean;
}

/** Score the goldens with every graph of an artifact. */
export async function measureArtifact(
  folder: string,
  manifest: Manifest,
  artifact: Artifact,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const graph of artifact.graphs) {
    const maxError = await measureGraph(folder, manifest, graph);
    measurements.push({ artifact, graph, maxError, passed: maxError <= artifact.tolerance });
  }
  return measurements;
}

async function measureGraph(folder: string, manifest: Manifest, graph: Graph): Promise<number> {
  const { goldens } = manifest;
  const scorer = await NodeScorer.open(folder, manifest, graph);
  try {
    const rewards = await scorer.score(goldens);
    return Math.max(...rewards.map(({ reward }, index) => Math.abs(reward - goldens[index]!.reward)));
  } catch (error) {
    if (error instanceof ScorerError && error.code === "run-failed") return Number.NaN;
    throw error;
  } finally {
    await scorer.release();
  }
}
