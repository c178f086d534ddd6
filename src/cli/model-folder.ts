import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
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
 * The artifact to score with in Node. Never int8 activations: they saturate on x86 CPUs without VNNI.
 *
 * @throws ScorerError `no-execution-provider` — the folder has neither
 */
export function chooseNodeArtifact({ name, artifacts }: Manifest): Artifact {
  for (const dtype of ["fp32", "w8"]) {
    const artifact = artifacts.find((candidate) => candidate.dtype === dtype);
    if (artifact) return artifact;
  }
  const found = artifacts.map(({ dtype }) => dtype).join(", ");
  throw new ScorerError("no-execution-provider", `${name}: expected an fp32 or w8 artifact, found ${found}`);
}
