import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { CheckpointFiles } from "../convert/checkpoint";
import { checkpointNames } from "./checkpoint-names";
import { openBlob } from "./open-blob";

/** Open a checkpoint on disk. Links are followed; nothing is read yet. */
export async function openCheckpointFolder(folder: string): Promise<CheckpointFiles> {
  const names = checkpointNames(await readdir(folder));
  const entries = names.map(async (name) => [name, await openBlob(join(folder, name))] as const);
  return new Map(await Promise.all(entries));
}
