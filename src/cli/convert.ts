import { existsSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename, resolve, sep } from "node:path";
import { TOKEN_TYPES_ARE_0 } from "../convert/about";
import { ARTIFACT_RECIPES } from "../convert/artifacts";
import type { CheckpointFiles } from "../convert/checkpoint";
import { convertCheckpoint } from "../convert/convert";
import { ScorerError } from "../shared/errors";
import { largestError } from "../shared/largest-error";
import {
  type About,
  type Artifact,
  type Dtype,
  type Golden,
  MANIFEST_FILE,
  type Manifest,
  parseManifest,
} from "../shared/manifest";
import { referenceTolerance } from "../shared/tolerance";
import { shortGoldens } from "../worker/short-goldens";
import { openCheckpointFolder } from "./checkpoint-folder";
import { downloadProgress } from "./download-progress";
import { readHubSettings } from "./hub-settings";
import { measureArtifact } from "./measure";
import { tell } from "./printable";
import { readAbout } from "./read-about";
import { expectListable, registerModel } from "./register-model";
import { scoreGoldens } from "./score-goldens";
import { StagedFolder } from "./staged-folder";
import { UsageError } from "./usage-error";

export interface ConvertOptions {
  out: string;
  /** @default "main" */
  revision?: string;
  /** One that the model cannot have fails the conversion. @default every dtype that it can have */
  dtype?: readonly Dtype[];
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
  if (isFolder) await expectFolderOptions(checkpoint, options);
  else await expectHubId(checkpoint);
  await expectListable(options.out);
  const name = basename(resolve(options.out));
  const staged = await StagedFolder.create(options.out);
  let manifest: Manifest;
  try {
    const about = options.about === undefined ? {} : await readAbout(options.about);
    const source = isFolder ? await openFolder(checkpoint) : await openHub(checkpoint, options.revision);
    manifest = await makeModel({ ...source, about }, name, options.dtype, staged);
    staged.commit();
  } catch (error) {
    staged.discard();
    throw error;
  }
  tell(`made ${options.out}`);
  try {
    await registerModel(options.out, manifest);
  } catch (error) {
    tell(`${options.out}: not added to the page's list of models: ${(error as Error).message}`);
    return 1;
  }
  return 0;
}

async function isExistingFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** @throws UsageError — the folder would be replaced by what is made of it, or a revision of it is asked for */
async function expectFolderOptions(folder: string, { out, revision }: ConvertOptions): Promise<void> {
  if (revision !== undefined) {
    throw new UsageError(`--revision: expected a Hub id beside it, found the folder ${folder}`);
  }
  if (!existsSync(out)) return;
  if (`${await realpath(folder)}${sep}`.startsWith(`${await realpath(out)}${sep}`)) {
    throw new UsageError(`--out: expected a folder without the checkpoint in it, found ${out}`);
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

async function openHub(id: string, revision = "main"): Promise<Source> {
  const { fetchHubCheckpoint } = await import("./hub");
  const settings = readHubSettings(process.env);
  return { repository: id, ...(await fetchHubCheckpoint(id, revision, settings, downloadProgress())) };
}

/** fp32 is always made, for the reference rewards, and left out of the folder when it was not asked for. */
async function makeModel(
  source: DescribedSource,
  name: string,
  asked: readonly Dtype[] | undefined,
  staged: StagedFolder,
): Promise<Manifest> {
  const { files, ...origin } = source;
  const dtypes = asked ?? ARTIFACT_RECIPES.map(({ dtype }) => dtype);
  const options = {
    ...origin,
    name,
    dtypes: [...new Set([...dtypes, "fp32" as const])],
    onFile: (path: string) => tell(`writing ${path}`),
    ...(!asked && {
      onLeftOut: (dtype: Dtype, reason: string) => tell(`${dtype}: ${reason}: left out`),
    }),
  };
  const draft = await convertCheckpoint(files, options, staged);
  if (draft.limits.includes(TOKEN_TYPES_ARE_0)) tell(TOKEN_TYPES_ARE_0);
  tell("scoring reference pairs");
  const { manifest: complete, references } = await scoreGoldens(staged.path, draft, "fp32");
  const inaccurate = findInaccurate(complete, references);
  const kept = ({ dtype }: Artifact) => dtypes.includes(dtype) && !inaccurate.has(dtype);
  const manifest = { ...complete, artifacts: complete.artifacts.filter(kept) };
  if (manifest.artifacts.length === 0) {
    throw new ScorerError("malformed-model", `${name}: no artifact is within its tolerance`);
  }
  await expectOneModel(staged.path, manifest);
  await removeArtifacts(staged, complete.artifacts, manifest.artifacts);
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  await staged.write(MANIFEST_FILE, [new TextEncoder().encode(text)]);
  return parseManifest(text);
}

/** Artifacts to leave out of the folder: those whose weights do not bear their dtype, on the goldens or on all. */
function findInaccurate({ artifacts, goldens }: Manifest, references: readonly Golden[]): Set<Dtype> {
  const inaccurate = new Set<Dtype>();
  for (const { dtype, maxError, rewards } of artifacts) {
    const onGoldens = largestError(
      rewards,
      goldens.map(({ reward }) => reward),
    );
    const measured = [
      { error: onGoldens, allowed: referenceTolerance(dtype, goldens) },
      { error: maxError, allowed: referenceTolerance(dtype, references) },
    ];
    const failed = measured.find(({ error, allowed }) => !(error <= allowed)); // nor where a run gave no number
    const { error, allowed } = failed ?? measured[1]!;
    const line = `${dtype}: largest error on the reference pairs ${error.toPrecision(3)}, expected at most ${allowed.toPrecision(3)}`;
    if (failed) inaccurate.add(dtype);
    tell(failed ? `${line}: left out` : line);
  }
  return inaccurate;
}

/**
 * An artifact's other graphs are the same model in another form. Short goldens tell; `verify` scores all.
 *
 * @throws ScorerError `malformed-model` — they are not
 */
async function expectOneModel(folder: string, manifest: Manifest): Promise<void> {
  const indices = shortGoldens(manifest.goldens);
  for (const artifact of manifest.artifacts) {
    const others = artifact.graphs.slice(1);
    for (const { graph, backendError, backendTolerance, passed } of await measureArtifact(
      folder,
      manifest,
      artifact,
      others,
      indices,
    )) {
      if (passed) continue;
      const [first] = artifact.graphs;
      const found = `expected the rewards of ${first!.path} within ${backendTolerance.toPrecision(3)}`;
      throw new ScorerError(
        "malformed-model",
        `${graph.path}: ${found}, off by ${backendError.toPrecision(3)}`,
      );
    }
  }
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
