import { fixed } from "../shared/fixed";
import { largestError } from "../shared/largest-error";
import type { Artifact, Manifest } from "../shared/manifest";
import { scoreOf } from "../shared/score";
import { goldenTolerance, referenceTolerance } from "../shared/tolerance";
import { findMisread } from "../worker/self-check";
import { checkFiles } from "./check-files";
import { type Measurement, measureArtifact } from "./measure";
import { readManifest } from "./model-folder";
import { NodeScorer } from "./node-scorer";
import { openTokenizer } from "./open-tokenizer";
import { printable, tell } from "./printable";
import { PUBLISHED_TOLERANCE, publishedScores } from "./published-scores";
import { formatTable } from "./table";

/**
 * `reward-scorer verify`: files against their hashes, then the tokenizer and every artifact against
 * what they gave when they were made and against the goldens, then the model's published scores. The findings go to standard output.
 *
 * @returns the exit code: 1 when anything is not as it should be
 */
export async function verify(folder: string): Promise<number> {
  const manifest = await readManifest(folder);
  if (!(await verifyFiles(folder, manifest))) return 1;
  const read = await verifyTokens(folder, manifest);
  const recorded = verifyRecords(manifest);
  const accurate = await verifyGoldens(folder, manifest);
  const published = await verifyPublished(folder, manifest);
  return read && recorded && accurate && published ? 0 : 1;
}

async function verifyFiles(folder: string, manifest: Manifest): Promise<boolean> {
  const checks = await checkFiles(folder, manifest);
  const wrong = checks.filter(({ problem }) => problem !== undefined);
  for (const { file, problem } of wrong) tell(`${file.path}: ${problem}`);
  if (wrong.length > 0) return false;
  console.log(`${checks.length} files: sha256 as in the manifest\n`);
  return true;
}

async function verifyTokens(folder: string, { template, goldens }: Manifest): Promise<boolean> {
  const misread = findMisread(goldens, await openTokenizer(folder, template));
  if (misread !== undefined) tell(misread);
  return misread === undefined;
}

/** What the manifest says that smaller weights cost is no less than its rewards show. */
function verifyRecords({ artifacts, goldens }: Manifest): boolean {
  const references = goldens.map(({ reward }) => reward);
  const wrong = artifacts.flatMap((artifact) => {
    const { dtype, maxError, rewards } = artifact;
    const error = largestError(rewards, references);
    if (maxError >= error - goldenTolerance(artifact)) return [];
    return `${dtype}: expected maxError ${formatError(error)} or more, by its rewards, found ${formatError(maxError)}`;
  });
  for (const problem of wrong) tell(problem);
  return wrong.length === 0;
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
  const { backendError, backendTolerance, referenceError, referenceTolerance } = errors;
  const numbers = [backendError, backendTolerance, referenceError, referenceTolerance].map(formatError);
  return [artifact.dtype, graph.attention, ...numbers, passed ? "ok" : "failed"];
}

function formatError(error: number): string {
  return error.toFixed(6);
}

async function verifyPublished(folder: string, manifest: Manifest): Promise<boolean> {
  const published = publishedScores(manifest);
  if (published.length === 0) {
    console.log(
      `\nno published score of ${printable(manifest.source.repository)} is known: none was checked`,
    );
    return true;
  }
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
      fixed(found, 3),
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
  return dtype === "fp32" ? 0 : alpha * referenceTolerance(dtype, goldens);
}

function shorten(text: string): string {
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}
