import type * as v from "valibot";
import { ScorerError } from "../shared/errors";
import { checkFields } from "./check-fields";
import type { CheckpointFiles } from "./checkpoint";

/** Longest JSON file of a checkpoint read, in bytes; the largest tokenizer.json are about 20 MB. */
const MAX_JSON_BYTES = 64_000_000;

/**
 * Reads a JSON file of a checkpoint.
 *
 * @throws ScorerError `malformed-checkpoint` — missing, too long, not JSON, or not of this schema
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
  if (file.size > MAX_JSON_BYTES) {
    throw new ScorerError(
      "malformed-checkpoint",
      `${name}: expected at most ${MAX_JSON_BYTES} bytes, found ${file.size}`,
    );
  }
  return checkFields(name, schema, parse(name, await file.text()));
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ScorerError("malformed-checkpoint", `${name}: not JSON`, { cause });
  }
}
