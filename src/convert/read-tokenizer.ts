import * as v from "valibot";
import { parseJson } from "../shared/parse-json";
import { checkFields } from "./check-fields";
import { readTokenizerIds } from "./read-tokenizer-ids";
import { type TokenizerJson, tokenizerJson } from "./tokenizer-json";

const CODE = "malformed-model";

/** Settings that would change ids, and that BERT's tokenizers do not have. */
const tokenizerConfig = v.object({
  remove_space: v.nullish(v.literal(false)),
  do_lowercase_and_remove_accent: v.nullish(v.literal(false)),
});

/**
 * Reads the tokenizer of a model folder: the parts that give ids, and no others.
 *
 * @param json the text of `tokenizer.json`
 * @param config the text of `tokenizer_config.json`
 * @throws ScorerError `malformed-model` — not JSON, or not a tokenizer of BERT; the message names the first
 * part that is not
 */
export function readTokenizer(json: string, config: string): TokenizerJson {
  const [name, configName] = ["tokenizer.json", "tokenizer_config.json"];
  checkFields(configName, tokenizerConfig, parseJson(config, configName, CODE), CODE);
  const tokenizer = checkFields(name, tokenizerJson, parseJson(json, name, CODE), CODE);
  readTokenizerIds(tokenizer, CODE);
  return tokenizer;
}
