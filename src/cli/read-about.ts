import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { checkFields } from "../convert/check-fields";
import { type About, about } from "../shared/manifest";
import { UsageError } from "./usage-error";

/**
 * Read what a manifest is to say of a model; fields that are left out keep their default.
 *
 * @throws UsageError when there is no such file, or it is not JSON
 * @throws ScorerError `malformed-model` — a field is unknown or of the wrong kind
 */
export async function readAbout(path: string): Promise<Partial<About>> {
  return checkFields(path, v.partial(about), await readJsonFile(path), "malformed-model") as Partial<About>;
}

async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new UsageError(`${path}: expected a JSON file`, { cause });
  }
}
