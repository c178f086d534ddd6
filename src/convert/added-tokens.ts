import * as v from "valibot";
import { ScorerError } from "../shared/errors";
import type { CheckpointFiles } from "./checkpoint";
import { readJson } from "./read-json";
import { jsonObject } from "./schemas";

/** A token's text, or an object with all that is known of it. */
export const tokenText = v.pipe(
  v.union([v.string(), v.object({ content: v.string() })]),
  v.transform((token) => (typeof token === "string" ? token : token.content)),
);

/** Where a file names tokens besides BERT's five. */
const lists = v.object({
  added_tokens_decoder: v.nullish(v.record(v.string(), tokenText), {}),
  additional_special_tokens: v.nullish(v.array(tokenText), []),
  extra_special_tokens: v.nullish(v.union([v.array(tokenText), v.record(v.string(), tokenText)]), []),
  bos_token: v.nullish(tokenText),
  eos_token: v.nullish(tokenText),
});

/**
 * Python finds these tokens whole in a text, wherever a checkpoint lists them; here only the tokenizer's own
 * are found.
 *
 * @param known texts of the tokenizer's own added tokens
 * @throws ScorerError `malformed-checkpoint` — another one is listed, or a list is of the wrong kind
 */
export async function expectAddedTokens(files: CheckpointFiles, known: ReadonlySet<string>): Promise<void> {
  for (const [name, tokens] of await readAddedTokens(files)) {
    const unknown = tokens.find((token) => !known.has(token));
    if (unknown === undefined) continue;
    throw new ScorerError(
      "malformed-checkpoint",
      `${name}: expected added tokens to be among those of tokenizer.json, found "${unknown}"`,
    );
  }
}

/** Texts of added tokens, by the file that lists them. */
async function readAddedTokens(files: CheckpointFiles): Promise<Map<string, string[]>> {
  const tokens = new Map<string, string[]>();
  for (const name of ["tokenizer_config.json", "special_tokens_map.json"]) {
    if (files.has(name)) tokens.set(name, textsOf(await readJson(files, name, lists)));
  }
  const name = "added_tokens.json";
  if (files.has(name)) tokens.set(name, Object.keys(await readJson(files, name, jsonObject)));
  return tokens;
}

function textsOf({ bos_token, eos_token, ...listed }: v.InferOutput<typeof lists>): string[] {
  const alone = [bos_token, eos_token].filter((token) => token != null);
  return [...alone, ...Object.values(listed).flatMap((tokens) => Object.values(tokens))];
}
