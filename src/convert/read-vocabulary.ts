import { ScorerError } from "../shared/errors";
import { readText } from "./read-text";

/**
 * Reads `vocab.txt`, a token a line.
 *
 * @returns ids by token, in order; every id from 0 to `vocabSize` − 1 once
 * @throws ScorerError `malformed-checkpoint` — too long, not UTF-8, a token stands twice, or there are not
 * `vocabSize` of them
 */
export async function readVocabulary(file: Blob, vocabSize: number): Promise<Map<string, number>> {
  const lines = (await readText(file, "vocab.txt")).split(/\r\n?|\n/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length !== vocabSize) {
    throw malformed(`expected config.json's ${vocabSize} tokens, found ${lines.length}`);
  }
  const ids = new Map<string, number>();
  for (const [id, token] of lines.entries()) {
    const first = ids.get(token);
    if (first !== undefined) {
      throw malformed(`token "${token}": expected once, found on lines ${first + 1} and ${id + 1}`);
    }
    ids.set(token, id);
  }
  return ids;
}

function malformed(detail: string): ScorerError {
  return new ScorerError("malformed-checkpoint", `vocab.txt: ${detail}`);
}
