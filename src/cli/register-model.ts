import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { FOLDER_NAME } from "../shared/folder-name";
import type { Manifest } from "../shared/manifest";
import { tell } from "./printable";
import { UsageError } from "./usage-error";

/** Where a page keeps the list of its models, beside their folders. */
const INDEX_FILE = "index.json";

interface ModelIndex {
  models: { name: string; title: string }[];
}

/**
 * Before a model is made: a page would refuse its whole list for one name that it cannot take.
 *
 * @throws UsageError
 */
export async function expectListable(out: string): Promise<void> {
  const name = basename(resolve(out));
  if (FOLDER_NAME.test(name) || !(await readIndex(indexBeside(out)))) return;
  const expected = "expected letters from a to z, digits, _, . and - in the name of a page's model";
  throw new UsageError(`--out: ${expected}, found "${name}"`);
}

/** Put a new model on the page's list, where its folder lies beside one. */
export async function registerModel(out: string, { name, source }: Manifest): Promise<void> {
  const path = indexBeside(out);
  const index = await readIndex(path);
  if (!index || index.models.some((model) => model.name === name)) return;
  const title = source.repository.split("/").at(-1)!;
  const models = [...index.models, { name, title }];
  await writeFile(path, `${JSON.stringify({ ...index, models }, undefined, 2)}\n`);
  tell(`${path}: added ${name}`);
}

function indexBeside(out: string): string {
  return join(dirname(resolve(out)), INDEX_FILE);
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
  if (typeof value !== "object" || value === null || !("models" in value)) return false;
  return Array.isArray(value.models) && value.models.every((model) => typeof model?.name === "string");
}
