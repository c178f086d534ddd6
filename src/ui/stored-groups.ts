import type { CachedFile, KeptManifest } from "../shared/file-cache";
import { type Manifest, parseManifest } from "../shared/manifest";

/**
 * Files that are of use together: a model's, ONNX Runtime's, the page's own for use without a network, and
 * those that no model lists any more.
 */
export interface StoredGroup {
  kind: "model" | "runtime" | "page" | "other";
  /** A model's own name; empty for the others. */
  name: string;
  /** The address of a model's manifest; empty for the others. */
  url: string;
  files: readonly CachedFile[];
}

/**
 * Who the engine's files belong to: models first, by name. A file of two models is in both groups.
 *
 * @param manifests one that cannot be read any more has no files
 */
export function groupFiles(
  files: readonly CachedFile[],
  manifests: readonly KeptManifest[],
): readonly StoredGroup[] {
  const models = manifests.flatMap(({ url, text }) => {
    const manifest = readManifest(text);
    if (!manifest) return [];
    const listed = listedHashes(manifest);
    const own = files.filter(({ sha256 }) => listed.has(sha256));
    return [{ kind: "model" as const, name: manifest.name, url, files: own }];
  });
  const ofModels = new Set(models.flatMap((model) => model.files));
  const rest = files.filter((file) => !ofModels.has(file));
  const groups: StoredGroup[] = [
    ...models.sort((a, b) => a.name.localeCompare(b.name)),
    { kind: "runtime", name: "", url: "", files: rest.filter(isRuntime) },
    { kind: "other", name: "", url: "", files: rest.filter((file) => !isRuntime(file)) },
  ];
  return groups.filter(({ files }) => files.length > 0);
}

/** The names of the other models that have a file of this group too. */
export function sharedWith(file: CachedFile, group: StoredGroup, groups: readonly StoredGroup[]): string[] {
  return groups.filter((other) => other !== group && other.files.includes(file)).map(({ name }) => name);
}

/** What is of no use to any other group, by content hash. */
export function ownHashes(group: StoredGroup, groups: readonly StoredGroup[]): string[] {
  const others = new Set(groups.filter((other) => other !== group).flatMap(({ files }) => files));
  return group.files.filter((file) => !others.has(file)).map(({ sha256 }) => sha256);
}

function isRuntime({ path }: CachedFile): boolean {
  return path.startsWith("ort-wasm");
}

function listedHashes({ files, artifacts }: Manifest): Set<string> {
  const entries = artifacts.flatMap(({ graphs, weights }) => [...graphs, ...weights]);
  return new Set([...files, ...entries].map(({ sha256 }) => sha256));
}

function readManifest(text: string): Manifest | undefined {
  try {
    return parseManifest(text);
  } catch {
    return undefined;
  }
}
