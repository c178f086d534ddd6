import * as v from "valibot";
import { ScorerError } from "../shared/errors";
import { checkFields } from "./check-fields";
import type { CheckpointFiles } from "./checkpoint";
import { readJson } from "./read-json";
import { count, jsonObject } from "./schemas";

const schema = v.looseObject({
  added_tokens: v.array(v.looseObject({ id: count, content: v.string() })),
  model: v.looseObject({ vocab: jsonObject }),
});

/**
 * Reads the ids that a checkpoint's own `tokenizer.json` may give.
 *
 * @throws ScorerError `malformed-checkpoint` — not a tokenizer, an id is used twice or is not below
 * `vocabSize`, or there are not `vocabSize` tokens
 */
export async function readTokenizerIds(
  files: CheckpointFiles,
  vocabSize: number,
): Promise<ReadonlyMap<string, number>> {
  const name = "tokenizer.json";
  const tokenizer = await readJson(files, name, schema);
  const ids = new Map<string, number>();
  for (const [token, id] of Object.entries(tokenizer.model.vocab)) {
    ids.set(token, checkFields(`${name}: token "${token}"`, count, id));
  }
  for (const { content, id } of tokenizer.added_tokens) {
    if ((ids.get(content) ?? id) !== id) {
      throw malformed(`${name}: added token "${content}": expected id ${ids.get(content)}, found ${id}`);
    }
    ids.set(content, id);
  }
  const tokens = new Map<number, string>();
  for (const [token, id] of ids) {
    const other = tokens.get(id);
    if (other !== undefined)
      throw malformed(`${name}: tokens "${other}" and "${token}" have the same id ${id}`);
    if (id >= vocabSize) {
      throw malformed(`${name}: token "${token}": expected an id below ${vocabSize}, found ${id}`);
    }
    tokens.set(id, token);
  }
  if (ids.size !== vocabSize) {
    throw malformed(`${name}: expected config.json's ${vocabSize} tokens, found ${ids.size}`);
  }
  return ids;
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-checkpoint", message);
}
