import type * as v from "valibot";
import { ScorerError } from "../shared/errors";
import { parseJson } from "../shared/parse-json";
import { checkFields } from "./check-fields";
import type { CheckpointFiles } from "./checkpoint";
import { readText } from "./read-text";

/**
 * Reads a JSON file of a checkpoint.
 *
 * @throws ScorerError `malformed-checkpoint` — missing, too long, not JSON, a key stands twice, or not of this
 * schema
 */
export async function readJson<T>(
  files: CheckpointFiles,
  name: string,
  schema: v.GenericSchema<unknown, T>,
): Promise<T> {
  const file = files.get(name);
  if (!file) {
    const found = [...files.keys()].sort().join(", ") || "nothing";
    throw new ScorerError("malformed-checkpoint", `checkpoint: expected ${name}, found ${found}`);
  }
  const text = await readText(file, name);
  return checkFields(name, schema, parseJson(text, name, "malformed-checkpoint"));
}
