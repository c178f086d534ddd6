import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openCheckpointFolder } from "../../src/cli/checkpoint-folder";
import { openCheckpoint } from "../../src/convert/open-checkpoint";
import { readBert } from "../../src/convert/read-bert";
import type { Dtype } from "../../src/shared/manifest";
import { BASE_CHECKPOINT, makeBaseCheckpoint, makeTimedModel } from "../base-model";
import { type Size, writeRandomCheckpoint } from "../random-checkpoint";
import { EXPORT_FORMATS } from "./export-formats";
import { exportBert } from "./exported-bert";

/** Served below `models/`: for each size a folder `ours` and a folder `theirs`, of one checkpoint. */
export const MODELS = ".cache/peers/models";

export type ExportDtype = keyof typeof EXPORT_FORMATS;

const DEMO = "public/models/demo";
const DEMO_CHECKPOINT = ".cache/bench/demo-random";

/** Enough for rewards that differ by more than rounding. */
const DEVIATION = 0.12;

/** The demonstration model's size and vocabulary; its own fp32 weights are not in the repository. */
export async function makeDemoModels(): Promise<void> {
  await writeRandomCheckpoint(DEMO_CHECKPOINT, await demoSize(), 1, DEVIATION);
  const { model } = JSON.parse(await readFile(join(DEMO, "tokenizer.json"), "utf8"));
  const words = Object.entries<number>(model.vocab).sort(([, a], [, b]) => a - b);
  await writeFile(join(DEMO_CHECKPOINT, "vocab.txt"), words.map(([word]) => `${word}\n`).join(""));
  const config = await readFile(join(DEMO, "tokenizer_config.json"), "utf8");
  await writeFile(join(DEMO_CHECKPOINT, "tokenizer_config.json"), config);
  // The goldens are those of the last: fp32.
  const dtypes = ["q8", "w8", "fp32"] as const;
  await makeModels(DEMO_CHECKPOINT, "demo", dtypes, ["fp32", "fp16", "q8"]);
}

async function demoSize(): Promise<Size> {
  const config = JSON.parse(await readFile(join(DEMO, "config.json"), "utf8"));
  return {
    layers: config.num_hidden_layers,
    hidden: config.hidden_size,
    heads: config.num_attention_heads,
    intermediate: config.intermediate_size,
    vocabulary: config.vocab_size,
  };
}

/** q8 is what a WASM page of that size takes; w8 is for native code. */
export async function makeBaseModels(): Promise<void> {
  await makeBaseCheckpoint();
  await makeModels(BASE_CHECKPOINT, "base", ["q8", "w8"], ["q8"]);
}

async function makeModels(
  checkpoint: string,
  name: string,
  ours: readonly Dtype[],
  theirs: readonly ExportDtype[],
): Promise<void> {
  const from = join(MODELS, name, "ours");
  const to = join(MODELS, name, "theirs");
  await makeTimedModel(checkpoint, from, name, ours);
  const { config, tensors } = await openCheckpoint(await openCheckpointFolder(checkpoint));
  const bert = readBert(config, tensors);
  await mkdir(join(to, "onnx"), { recursive: true });
  for (const dtype of theirs) {
    const { file, format } = EXPORT_FORMATS[dtype];
    await writeFile(join(to, "onnx", file), await exportBert(bert, format));
  }
  for (const file of ["tokenizer.json", "tokenizer_config.json"]) {
    await writeFile(join(to, file), await readFile(join(from, file)));
  }
  const { "transformers.js_config": _, ...plain } = JSON.parse(
    await readFile(join(from, "config.json"), "utf8"),
  );
  await writeFile(join(to, "config.json"), JSON.stringify(plain, undefined, 2));
}
