import { stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256OfBlob } from "../convert/write-hashed";
import type { FileEntry, Manifest } from "../shared/manifest";
import { openBlob } from "./open-blob";

export interface FileCheck {
  file: FileEntry;
  /** What is wrong with it; undefined when it is what the manifest says. */
  problem: string | undefined;
}

/** Hold every file that a manifest names against its length and sha256. */
export async function checkFiles(folder: string, manifest: Manifest): Promise<FileCheck[]> {
  const checks: FileCheck[] = [];
  for (const file of namedFiles(manifest)) {
    checks.push({ file, problem: await findProblem(join(folder, file.path), file) });
  }
  return checks;
}

/** Each file once: artifacts may share weights. */
function namedFiles({ files, artifacts }: Manifest): FileEntry[] {
  const all = [...files, ...artifacts.flatMap(({ graphs, weights }) => [...graphs, ...weights])];
  return [...new Map(all.map((file) => [file.path, file])).values()];
}

async function findProblem(path: string, { bytes, sha256 }: FileEntry): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return "expected a file, found none";
  if (found.size !== bytes) return `expected ${bytes} bytes, found ${found.size}`;
  const hash = await sha256OfBlob(await openBlob(path));
  return hash === sha256 ? undefined : `expected sha256 ${sha256}, found ${hash}`;
}
