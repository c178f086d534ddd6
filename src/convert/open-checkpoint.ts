import * as v from "valibot";
import { ScorerError } from "../shared/errors";
import type { CheckpointFiles, Tensor, Tensors } from "./checkpoint";
import { openPytorchBin } from "./pytorch-bin";
import { readJson } from "./read-json";
import { openSafetensors } from "./safetensors";
import { jsonObject } from "./schemas";

export interface Checkpoint {
  /** config.json as it is; nothing of it is checked yet. */
  config: Record<string, unknown>;
  tensors: Tensors;
  /** Names of the files the tensors are in. */
  weightFiles: string[];
}

type OpenWeights = (file: Blob, name: string) => Promise<Tensors>;

/** Where weights may be, in order of preference; beside each a `.index.json` where they are in shards. */
const weightFormats: { name: string; open: OpenWeights }[] = [
  { name: "model.safetensors", open: openSafetensors },
  { name: "pytorch_model.bin", open: openPytorchBin },
];

/**
 * Opens a folder laid out like a Hub repository. Weights are not read yet.
 *
 * @throws ScorerError `malformed-checkpoint` — config.json or weights are missing, config.json is not a
 * JSON object, or a shard lacks what the index says
 * @throws ScorerError `malformed-safetensors`, `malformed-pickle` — the weight file itself is wrong
 */
export async function openCheckpoint(files: CheckpointFiles): Promise<Checkpoint> {
  const config = await readJson(files, "config.json", jsonObject);
  for (const { name, open } of weightFormats) {
    const file = files.get(name);
    if (file) return { config, tensors: await open(file, name), weightFiles: [name] };
    if (files.has(`${name}.index.json`)) return { config, ...(await openShards(files, name, open)) };
  }
  throw malformed(
    `checkpoint: expected ${weightFormats.map(({ name }) => name).join(" or ")}, found ${list(files.keys())}`,
  );
}

const shardIndex = v.object({ weight_map: v.record(v.string(), v.string()) });

async function openShards(
  files: CheckpointFiles,
  name: string,
  open: OpenWeights,
): Promise<Pick<Checkpoint, "tensors" | "weightFiles">> {
  const indexName = `${name}.index.json`;
  const { weight_map } = await readJson(files, indexName, shardIndex);
  const weightFiles = [...new Set(Object.values(weight_map))].sort();
  const shards = new Map<string, Tensors>();
  for (const shard of weightFiles) {
    const file = files.get(shard);
    if (!isFileName(shard)) throw malformed(`${indexName}: expected a file of this folder, found "${shard}"`);
    if (!file) throw malformed(`${indexName}: expected ${shard}, found ${list(files.keys())}`);
    shards.set(shard, await open(file, shard));
  }
  const tensors = new Map<string, Tensor>();
  for (const [tensorName, shard] of Object.entries(weight_map)) {
    const tensor = shards.get(shard)?.get(tensorName);
    if (!tensor) throw malformed(`${shard}: tensor "${tensorName}" is in ${indexName} but not in the file`);
    tensors.set(tensorName, tensor);
  }
  return { tensors, weightFiles };
}

function isFileName(path: string): boolean {
  return /^[\w-][\w.-]*$/.test(path);
}

function list(names: Iterable<string>): string {
  return [...names].sort().join(", ") || "nothing";
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-checkpoint", message);
}
