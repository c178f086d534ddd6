import type { Artifact, Manifest } from "../shared/manifest";
import { scoreOf } from "../shared/score";
import { spreadOf } from "../shared/spread";
import { TOLERANCE } from "../shared/tolerance";
import { checkFiles } from "./check-files";
import { type Measurement, measureArtifact } from "./measure";
import { readManifest } from "./model-folder";
import { NodeScorer } from "./node-scorer";
import { tell } from "./printable";
import { PUBLISHED_TOLERANCE, publishedScores } from "./published-scores";
import { formatTable } from "./table";

/**
 * `reward-scorer verify`: files against their hashes, then every artifact against what it gave
 * when it was made and against the goldens, then the model's published scores. The findings go to standard output.
 *
 * @returns the exit code: 1 when anything is not as it should be
 */
export async function verify(folder: string): Promise<number> {
  const manifest = await readManifest(folder);
  if (!(await verifyFiles(folder, manifest))) return 1;
  const accurate = await verifyGoldens(folder, manifest);
  const published = await verifyPublished(folder, manifest);
  return accurate && published ? 0 : 1;
}

async function verifyFiles(folder: string, manifest: Manifest): Promise<boolean> {
  const checks = await checkFiles(folder, manifest);
  const wrong = checks.filter(({ problem }) => problem !== undefined);
  for (const { file, problem } of wrong) tell(`${file.path}: ${problem}`);
  if (wrong.length > 0) return false;
  console.log(`${checks.length} files: sha256 as in the manifest\n`);
  return true;
}

async function verifyGoldens(folder: string, manifest: Manifest): Promise<boolean> {
  const rows = [["artifact", "graph", "off its record", "allowed", "off fp32", "allowed", "result"]];
  let passed = true;
  for (const artifact of manifest.artifacts) {
    const measurements = await measureArtifact(folder, manifest, artifact);
    passed &&= measurements.every((measurement) => measurement.passed);
    rows.push(...measurements.map(describe));
  }
  console.log(formatTable(rows));
  return passed;
}

function describe({ artifact, graph, passed, ...errors }: Measurement): string[] {
  const { backendError, goldenError, goldenTolerance } = errors;
  const numbers = [backendError, artifact.tolerance, goldenError, goldenTolerance].map(formatError);
  return [artifact.dtype, graph.attention, ...numbers, passed ? "ok" : "failed"];
}

function formatError(error: number): string {
  return error.toFixed(6);
}

async function verifyPublished(folder: string, manifest: Manifest): Promise<boolean> {
  const published = publishedScores(manifest);
  if (published.length === 0) return true;
  const artifact = manifest.artifacts.find(({ dtype }) => dtype === "fp32") ?? manifest.artifacts[0]!;
  const scorer = await NodeScorer.open(folder, manifest, artifact, artifact.graphs[0]!);
  const rewards = await scorer.score(published);
  await scorer.release();
  const checks = published.map(({ prompt, response, alpha, score }, index) => {
    const found = scoreOf(rewards[index]!.reward, alpha);
    const allowed = PUBLISHED_TOLERANCE + quantizationError(artifact, manifest, alpha);
    const passed = Math.abs(found - score) <= allowed;
    const cells = [
      score.toFixed(3),
      found.toFixed(3),
      allowed.toFixed(3),
      passed ? "ok" : "failed",
      shorten(`${prompt} ${response}`),
    ];
    return { passed, cells };
  });
  console.log(
    `\n${formatTable([["published", "found", "allowed", "result", "pair"], ...checks.map(({ cells }) => cells)])}`,
  );
  return checks.every(({ passed }) => passed);
}

/** What the weights' precision may cost, as everywhere: the published scores are of full precision. */
function quantizationError({ dtype }: Artifact, { goldens }: Manifest, alpha: number): number {
  return dtype === "fp32" ? 0 : alpha * TOLERANCE[dtype].worst * spreadOf(goldens);
}

function shorten(text: string): string {
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}
