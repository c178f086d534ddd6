import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** A checkpoint with reference rewards. */
export interface Checkpoint {
  /** Its path below the folder given, that folder's name first. */
  name: string;
  path: string;
}

/** Every checkpoint with `goldens.json` in the folders. */
export async function findCheckpoints(folders: readonly string[]): Promise<Checkpoint[]> {
  const found: Checkpoint[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true });
    const withGoldens = entries.filter((entry) => basename(entry) === "goldens.json").map(dirname);
    const withConfig = withGoldens.filter((entry) => entries.includes(join(entry, "config.json")));
    found.push(
      ...withConfig.sort().map((entry) => ({
        name: join(basename(folder), entry),
        path: join(folder, entry),
      })),
    );
  }
  return found;
}
