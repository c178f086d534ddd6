import { ScorerError } from "../shared/errors";
import { MAX_JSON_LENGTH } from "../shared/parse-json";
import { decodeUtf8 } from "./decode-utf8";

/**
 * Reads a text file of a checkpoint.
 *
 * @throws ScorerError `malformed-checkpoint` — longer than any of these is, or not UTF-8
 */
export async function readText(file: Blob, name: string): Promise<string> {
  if (file.size > MAX_JSON_LENGTH) {
    const expected = `expected at most ${MAX_JSON_LENGTH} bytes`;
    throw new ScorerError("malformed-checkpoint", `${name}: ${expected}, found ${file.size}`);
  }
  return decodeUtf8(file, name, "malformed-checkpoint");
}
