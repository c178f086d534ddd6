import { existsSync } from "node:fs";
import { openCheckpointFolder } from "../src/cli/checkpoint-folder";
import { scoreGoldens } from "../src/cli/score-goldens";
import { StagedFolder } from "../src/cli/staged-folder";
import { convertCheckpoint } from "../src/convert/convert";
import { type Dtype, MANIFEST_FILE } from "../src/shared/manifest";
import { BERT_BASE, writeRandomCheckpoint } from "./random-checkpoint";

export const BASE_CHECKPOINT = ".cache/bench/bert-base-random";

/** Random weights of BERT-base's size; written once, it takes its time. */
export async function makeBaseCheckpoint(): Promise<void> {
  if (existsSync(`${BASE_CHECKPOINT}/model.safetensors`)) return;
  console.log(`writing ${BASE_CHECKPOINT}`);
  await writeRandomCheckpoint(BASE_CHECKPOINT, BERT_BASE);
}

/** A q8 model folder of it: see {@link makeTimedModel}. */
export async function makeBaseModel(folder: string): Promise<void> {
  await makeBaseCheckpoint();
  await makeTimedModel(BASE_CHECKPOINT, folder, "bert-base", ["q8"]);
}

/**
 * A model folder of a checkpoint with random weights. `convert` would leave q8 out, random weights being too
 * inaccurate in 8 bits, so the goldens are what the last dtype itself gives: this is for timing.
 */
export async function makeTimedModel(
  checkpoint: string,
  folder: string,
  name: string,
  dtypes: readonly Dtype[],
): Promise<void> {
  const staged = await StagedFolder.create(folder);
  const options = { name, repository: `${name}-random`, dtypes };
  const draft = await convertCheckpoint(await openCheckpointFolder(checkpoint), options, staged);
  const { manifest } = await scoreGoldens(staged.path, draft, dtypes.at(-1)!);
  await staged.write(MANIFEST_FILE, [new TextEncoder().encode(JSON.stringify(manifest))]);
  staged.commit();
}
