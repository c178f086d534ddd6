import type * as v from "valibot";
import { ScorerError } from "../shared/errors";
import { MAX_JSON_LENGTH, parseJson } from "../shared/parse-json";
import { checkFields } from "./check-fields";
import type { CheckpointFiles } from "./checkpoint";
import { decodeUtf8 } from "./decode-utf8";

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
  if (file.size > MAX_JSON_LENGTH) {
    throw new ScorerError(
      "malformed-checkpoint",
      `${name}: expected at most ${MAX_JSON_LENGTH} bytes, found ${file.size}`,
    );
  }
  const text = await decodeUtf8(file, name, "malformed-checkpoint");
  return checkFields(name, schema, parseJson(text, name, "malformed-checkpoint"));
}
