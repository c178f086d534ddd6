import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { FileEntry, Manifest } from "../shared/manifest";

export interface FileCheck {
  file: FileEntry;
  /** What is wrong with it; undefined when it is what the manifest says. */
  problem: string | undefined;
}

/** Hold every file that a manifest names against its length and sha256. */
export async function checkFiles(
  folder: string,
  manifest: Pick<Manifest, "files" | "artifacts">,
): Promise<FileCheck[]> {
  const checks: FileCheck[] = [];
  for (const file of namedFiles(manifest)) {
    checks.push({ file, problem: await findProblem(join(folder, file.path), file) });
  }
  return checks;
}

/** Each file once: artifacts may share weights. */
function namedFiles({ files, artifacts }: Pick<Manifest, "files" | "artifacts">): FileEntry[] {
  const all = [...files, ...artifacts.flatMap(({ graphs, weights }) => [...graphs, ...weights])];
  return [...new Map(all.map((file) => [file.path, file])).values()];
}

async function findProblem(path: string, { bytes, sha256 }: FileEntry): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return "expected a file, found none";
  if (found.size !== bytes) return `expected ${bytes} bytes, found ${found.size}`;
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  const digest = hash.digest("hex");
  return digest === sha256 ? undefined : `expected sha256 ${sha256}, found ${digest}`;
}
