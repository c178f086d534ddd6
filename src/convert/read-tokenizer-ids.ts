import { ScorerError, type ScorerErrorCode } from "../shared/errors";
import type { TokenizerJson } from "./tokenizer-json";

const NAME = "tokenizer.json";

/**
 * Reads the ids that a tokenizer may give: every id from 0 on once.
 *
 * @param code of the error
 * @throws ScorerError `code` — an id is used twice, a token has two, or there is a gap
 */
export function readTokenizerIds(
  { model, added_tokens }: TokenizerJson,
  code: ScorerErrorCode,
): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const [token, id] of Object.entries(model.vocab)) {
    if (!isId(id)) {
      throw new ScorerError(
        code,
        `${NAME}: token "${token}": expected an integer, found ${JSON.stringify(id)}`,
      );
    }
    ids.set(token, id);
  }
  for (const { content, id } of added_tokens) {
    const known = ids.get(content) ?? id;
    if (known !== id) {
      throw new ScorerError(code, `${NAME}: added token "${content}": expected id ${known}, found ${id}`);
    }
    ids.set(content, id);
  }
  const tokens = new Map<number, string>();
  for (const [token, id] of ids) {
    const other = tokens.get(id);
    if (other !== undefined)
      throw new ScorerError(code, `${NAME}: tokens "${other}" and "${token}" have the same id ${id}`);
    if (id >= ids.size) {
      throw new ScorerError(
        code,
        `${NAME}: token "${token}": expected an id below ${ids.size}, the number of tokens, found ${id}`,
      );
    }
    tokens.set(id, token);
  }
  if (!ids.has(model.unk_token)) {
    throw new ScorerError(code, `${NAME}: unk_token "${model.unk_token}": found no such token`);
  }
  return ids;
}

function isId(id: unknown): id is number {
  return Number.isSafeInteger(id) && Number(id) >= 0;
}
