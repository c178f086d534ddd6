import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Manifest } from "../shared/manifest";
import { tell } from "./printable";

/** Where a page keeps the list of its models, beside their folders. */
const INDEX_FILE = "index.json";

interface ModelIndex {
  models: { name: string; title: string }[];
}

/** Put a new model on the page's list, where its folder lies beside one. */
export async function registerModel(out: string, { name, source }: Manifest): Promise<void> {
  const path = join(dirname(resolve(out)), INDEX_FILE);
  const index = await readIndex(path);
  if (!index || index.models.some((model) => model.name === name)) return;
  const title = source.repository.split("/").at(-1)!;
  const models = [...index.models, { name, title }];
  await writeFile(path, `${JSON.stringify({ ...index, models }, undefined, 2)}\n`);
  tell(`${path}: added ${name}`);
}

/** @returns undefined when there is none, or one of another form */
async function readIndex(path: string): Promise<ModelIndex | undefined> {
  try {
    const index: unknown = JSON.parse(await readFile(path, "utf8"));
    return isModelIndex(index) ? index : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isModelIndex(value: unknown): value is ModelIndex {
  return typeof value === "object" && value !== null && "models" in value && Array.isArray(value.models);
}
