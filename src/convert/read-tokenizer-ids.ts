import * as v from "valibot";
import { ScorerError } from "../shared/errors";
import type { CheckpointFiles } from "./checkpoint";
import { readJson } from "./read-json";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const schema = v.looseObject({
  added_tokens: v.array(v.looseObject({ id, content: v.string() })),
  model: v.looseObject({ type: v.optional(v.string()), vocab: v.record(v.string(), id) }),
});

/**
 * Reads `tokenizer.json` and the ids it may give.
 *
 * @throws ScorerError `malformed-checkpoint` — not a tokenizer, an id is used twice or is not below
 * `vocabSize`, or there are not `vocabSize` tokens
 */
export async function readTokenizerIds(
  files: CheckpointFiles,
  vocabSize: number,
): Promise<{ ids: ReadonlyMap<string, number>; tokenizer: object }> {
  const name = "tokenizer.json";
  const tokenizer = await readJson(files, name, schema);
  const ids = new Map(Object.entries(tokenizer.model.vocab));
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
  return { ids, tokenizer };
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-checkpoint", message);
}
