import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { CheckpointFiles } from "../convert/checkpoint";
import { completeManifest, convertCheckpoint, type ManifestDraft } from "../convert/convert";
import { GOLDEN_PAIRS } from "../convert/golden-pairs";
import { ScorerError } from "../shared/errors";
import {
  type About,
  type Artifact,
  type Dtype,
  type Golden,
  MANIFEST_FILE,
  type Manifest,
  parseManifest,
} from "../shared/manifest";
import { shortGoldens } from "../worker/short-goldens";
import { openCheckpointFolder } from "./checkpoint-folder";
import { downloadProgress } from "./download-progress";
import { readHubSettings } from "./hub-settings";
import { type Measurement, measureArtifact } from "./measure";
import { runsInNode } from "./model-folder";
import { NodeScorer } from "./node-scorer";
import { readAbout } from "./read-about";
import { registerModel } from "./register-model";
import { StagedFolder } from "./staged-folder";
import { UsageError } from "./usage-error";

export interface ConvertOptions {
  out: string;
  revision: string;
  dtype: readonly Dtype[];
  /** JSON file with what the manifest is to say of the model. */
  about?: string;
}

interface Source {
  files: CheckpointFiles;
  repository: string;
  revision?: string;
}

/** What is said of the model where that is better known than from its name. */
interface DescribedSource extends Source {
  about: Partial<About>;
}

/**
 * `reward-scorer convert`: a checkpoint becomes a model folder, whole or not at all.
 *
 * @returns the exit code
 */
export async function convert(checkpoint: string, options: ConvertOptions): Promise<number> {
  const isFolder = await isExistingFolder(checkpoint);
  if (!isFolder) await expectHubId(checkpoint);
  const name = basename(resolve(options.out));
  const staged = await StagedFolder.create(options.out);
  try {
    const about = options.about === undefined ? {} : await readAbout(options.about);
    const source = isFolder ? await openFolder(checkpoint) : await openHub(checkpoint, options.revision);
    const manifest = await makeModel({ ...source, about }, name, options.dtype, staged);
    staged.commit();
    await registerModel(options.out, manifest);
  } catch (error) {
    staged.discard();
    throw error;
  }
  console.error(`made ${options.out}`);
  return 0;
}

async function isExistingFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function expectHubId(text: string): Promise<void> {
  const { isHubId } = await import("./hub");
  if (!isHubId(text)) {
    throw new UsageError(`checkpoint: expected a folder or a Hub id such as owner/name, found "${text}"`);
  }
}

async function openFolder(folder: string): Promise<Source> {
  return { files: await openCheckpointFolder(folder), repository: basename(resolve(folder)) };
}

async function openHub(id: string, revision: string): Promise<Source> {
  const { fetchHubCheckpoint } = await import("./hub");
  const settings = readHubSettings(process.env);
  return { repository: id, ...(await fetchHubCheckpoint(id, revision, settings, downloadProgress())) };
}

/** fp32 is always made, for the reference rewards, and left out of the folder when it was not asked for. */
async function makeModel(
  source: DescribedSource,
  name: string,
  dtypes: readonly Dtype[],
  staged: StagedFolder,
): Promise<Manifest> {
  const { files, ...origin } = source;
  const options = {
    ...origin,
    name,
    dtypes: [...new Set([...dtypes, "fp32" as const])],
    onFile: (path: string) => console.error(`writing ${path}`),
  };
  const draft = await convertCheckpoint(files, options, staged);
  console.error(`scoring ${GOLDEN_PAIRS.length} reference pairs`);
  const complete = completeManifest(draft, await scoreGoldens(staged.path, draft));
  const inaccurate = await findInaccurate(staged.path, complete);
  const kept = ({ dtype }: Artifact) => dtypes.includes(dtype) && !inaccurate.has(dtype);
  const manifest = { ...complete, artifacts: complete.artifacts.filter(kept) };
  if (manifest.artifacts.length === 0) {
    throw new ScorerError("malformed-model", `${name}: no artifact is within its tolerance`);
  }
  await removeArtifacts(staged, complete.artifacts, manifest.artifacts);
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  await staged.write(MANIFEST_FILE, [new TextEncoder().encode(text)]);
  return parseManifest(text);
}

async function scoreGoldens(folder: string, draft: ManifestDraft): Promise<Golden[]> {
  const { graphs } = draft.artifacts.find(({ dtype }) => dtype === "fp32")!;
  const plain = graphs.find(({ attention }) => attention === "plain")!;
  const scorer = await NodeScorer.open(folder, draft, plain);
  try {
    const rewards = await scorer.score(GOLDEN_PAIRS);
    return GOLDEN_PAIRS.map((pair, index) => {
      const { reward, tokens } = rewards[index]!;
      return { ...pair, reward, tokens };
    });
  } finally {
    await scorer.release();
  }
}

/**
 * Artifacts to leave out of the folder: those whose weights do not bear their dtype. Short goldens tell
 * that; `verify` scores them all.
 *
 * @throws ScorerError `malformed-model` — the two forms of the fp32 graph disagree
 */
async function findInaccurate(folder: string, manifest: Manifest): Promise<Set<Dtype>> {
  const inaccurate = new Set<Dtype>();
  const quick = { ...manifest, goldens: shortGoldens(manifest.goldens) };
  for (const artifact of manifest.artifacts.filter(runsInNode)) {
    for (const measurement of await measureArtifact(folder, quick, artifact)) {
      const line = describeMeasurement(measurement);
      if (!measurement.passed && artifact.dtype === "fp32") throw new ScorerError("malformed-model", line);
      if (!measurement.passed) inaccurate.add(artifact.dtype);
      console.error(measurement.passed ? line : `${line}: ${artifact.dtype} is left out`);
    }
  }
  return inaccurate;
}

function describeMeasurement({ artifact, graph, maxError }: Measurement): string {
  const expected = `expected at most ${artifact.tolerance.toPrecision(3)}`;
  return `${graph.path}: largest error on the reference pairs ${maxError.toPrecision(3)}, ${expected}`;
}

async function removeArtifacts(
  staged: StagedFolder,
  made: readonly Artifact[],
  kept: readonly Artifact[],
): Promise<void> {
  const paths = (artifacts: readonly Artifact[]) =>
    artifacts.flatMap(({ graphs, weights }) => [...graphs, ...weights].map(({ path }) => path));
  const needed = new Set(paths(kept));
  for (const path of paths(made)) if (!needed.has(path)) await staged.remove(path);
}
