import { existsSync } from "node:fs";
import { openCheckpointFolder } from "../src/cli/checkpoint-folder";
import { NodeScorer } from "../src/cli/node-scorer";
import { StagedFolder } from "../src/cli/staged-folder";
import { completeManifest, convertCheckpoint } from "../src/convert/convert";
import { GOLDEN_PAIRS } from "../src/convert/golden-pairs";
import { MANIFEST_FILE } from "../src/shared/manifest";
import { BERT_BASE, writeRandomCheckpoint } from "./random-checkpoint";

export const BASE_CHECKPOINT = ".cache/bench/bert-base-random";

/** Random weights of BERT-base's size; written once, it takes its time. */
export async function makeBaseCheckpoint(): Promise<void> {
  if (existsSync(`${BASE_CHECKPOINT}/model.safetensors`)) return;
  console.log(`writing ${BASE_CHECKPOINT}`);
  await writeRandomCheckpoint(BASE_CHECKPOINT, BERT_BASE);
}

/**
 * A q8 model folder of it. `convert` would leave q8 out, random weights being too inaccurate in 8 bits, so
 * the goldens are what q8 itself gives: this is for timing.
 */
export async function makeBaseModel(folder: string): Promise<void> {
  await makeBaseCheckpoint();
  const staged = await StagedFolder.create(folder);
  const options = { name: "bert-base", repository: "bert-base-random", dtypes: ["q8"] as const };
  const draft = await convertCheckpoint(await openCheckpointFolder(BASE_CHECKPOINT), options, staged);
  const [artifact] = draft.artifacts;
  const scorer = await NodeScorer.open(staged.path, draft, artifact!, artifact!.graphs[0]!);
  const scored = await scorer.score(GOLDEN_PAIRS);
  await scorer.release();
  const goldens = GOLDEN_PAIRS.map((pair, at) => {
    const { reward, tokens } = scored[at]!;
    return { ...pair, reward, tokens };
  });
  const manifest = completeManifest(draft, goldens, [goldens.map(({ reward }) => reward)]);
  await staged.write(MANIFEST_FILE, [new TextEncoder().encode(JSON.stringify(manifest))]);
  staged.commit();
}
