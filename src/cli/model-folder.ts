import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { ARTIFACT_RECIPES } from "../convert/artifacts";
import { ScorerError } from "../shared/errors";
import {
  type Artifact,
  MANIFEST_FILE,
  MAX_MANIFEST_BYTES,
  type Manifest,
  parseManifest,
} from "../shared/manifest";

/**
 * Read the manifest of a model folder on disk.
 *
 * @throws ScorerError `model-not-found` — there is no such folder, or no manifest in it
 * @throws ScorerError `malformed-model`
 */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    const path = join(folder, MANIFEST_FILE);
    const { size } = await stat(path);
    if (size > MAX_MANIFEST_BYTES) {
      throw new ScorerError("malformed-model", `${path}: over ${MAX_MANIFEST_BYTES} bytes`);
    }
    return parseManifest(await readFile(path, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    throw new ScorerError("model-not-found", `${folder}: expected a model folder, found no ${MANIFEST_FILE}`);
  }
}

/**
 * The artifact to score with in Node: fp32 where the folder has it.
 *
 * @throws ScorerError `no-execution-provider` — the folder has none for the CPU
 */
export function chooseNodeArtifact({ name, artifacts }: Manifest): Artifact {
  const usable = artifacts.filter(({ devices }) => devices.includes("cpu"));
  const artifact = usable.find(({ dtype }) => dtype === "fp32") ?? usable[0];
  if (artifact) return artifact;
  const expected = ARTIFACT_RECIPES.filter(({ devices }) => devices.includes("cpu")).map(
    ({ dtype }) => dtype,
  );
  const found = artifacts.map(({ dtype, devices }) => `${dtype} for ${devices.join(" and ") || "no device"}`);
  throw new ScorerError(
    "no-execution-provider",
    `${name}: expected ${expected.join(" or ")} for cpu (made by convert --dtype), found ${found.join(", ")}`,
  );
}
