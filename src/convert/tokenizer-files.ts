import * as v from "valibot";
import { ScorerError } from "../shared/errors";
import type { PairTemplate } from "../shared/manifest";
import { expectAddedTokens, tokenText } from "./added-tokens";
import { makeBertTokenizerJson, SPECIAL_TOKEN_ROLES, type SpecialTokens } from "./bert-tokenizer-json";
import { checkFields } from "./check-fields";
import type { CheckpointFiles } from "./checkpoint";
import { readJson } from "./read-json";
import { readTokenizerIds } from "./read-tokenizer-ids";
import { readVocabulary } from "./read-vocabulary";
import { jsonObject } from "./schemas";
import { bertNormalizerOf, type TokenizerJson, tokenizerJson as tokenizerSchema } from "./tokenizer-json";

export interface TokenizerFiles {
  /** Contents of the files of these names. */
  tokenizerJson: string;
  tokenizerConfig: string;
  /** Token ids around and between the texts of a pair, and the most tokens that the tokenizer gives. */
  template: Omit<PairTemplate, "truncation">;
}

/** Longest input, in tokens, where a tokenizer's config allows more. */
const MAX_TOKENS = 512;

const CONFIG = "tokenizer_config.json";

/**
 * Makes the tokenizer of a model folder: from the checkpoint's own `tokenizer.json` where there is one,
 * else from `vocab.txt` and `tokenizer_config.json`.
 *
 * @param vocabSize rows of the word embeddings; there is one token for each
 * @throws ScorerError `malformed-checkpoint` — files are missing or wrong, the vocabulary is of another
 * size or names a token twice, lacks a special token, or there are added tokens that it does not have
 */
export async function makeTokenizerFiles(files: CheckpointFiles, vocabSize: number): Promise<TokenizerFiles> {
  const config = await readJson(files, CONFIG, jsonObject);
  const { model_max_length } = checkFields(CONFIG, truncation, config);
  const specialTokens = readSpecialTokens(await readSpecialTokensMap(files), config);
  const own = files.get("tokenizer.json");
  const { ids, addedTokens, tokenizerJson } = own
    ? { ...(await readOwnTokenizer(files, vocabSize, config)), tokenizerJson: await own.text() }
    : { ...(await buildTokenizer(files, vocabSize, config, specialTokens)), addedTokens: [] };
  await expectAddedTokens(files, new Set([...Object.values(specialTokens), ...addedTokens]));
  const idOf = (role: keyof SpecialTokens) => findId(ids, specialTokens, role);
  return {
    tokenizerJson,
    tokenizerConfig: `${JSON.stringify({ ...config, ...namedByRole(specialTokens) }, undefined, 2)}\n`,
    template: {
      start: [idOf("cls")],
      between: [idOf("sep")],
      end: [idOf("sep")],
      pad: idOf("pad"),
      maxTokens: Math.min(MAX_TOKENS, model_max_length ?? MAX_TOKENS),
    },
  };
}

/** How long inputs are cut. A token must be left beside `[CLS]` and two `[SEP]`. */
const truncation = v.object({
  truncation_side: v.nullish(v.literal("right")),
  model_max_length: v.nullish(v.pipe(v.number(), v.integer("an integer"), v.minValue(4))),
});

async function readOwnTokenizer(
  files: CheckpointFiles,
  vocabSize: number,
  config: Record<string, unknown>,
): Promise<{ ids: ReadonlyMap<string, number>; addedTokens: string[] }> {
  const name = "tokenizer.json";
  const tokenizer = await readJson(files, name, tokenizerSchema);
  expectAsConfigured(tokenizer, config);
  const ids = readTokenizerIds(tokenizer, "malformed-checkpoint");
  if (ids.size !== vocabSize) {
    throw malformed(`${name}: expected config.json's ${vocabSize} tokens, found ${ids.size}`);
  }
  return { ids, addedTokens: tokenizer.added_tokens.map(({ content }) => content) };
}

/** What Python takes from `tokenizer_config.json`, whatever `tokenizer.json` says. */
const overrides = v.object({
  tokenizer_class: v.nullish(v.string()),
  do_lower_case: v.nullish(v.boolean()),
  strip_accents: v.nullish(v.boolean()),
  tokenize_chinese_chars: v.nullish(v.boolean()),
});

/** Two files that say different things make different tokens: it is not known which ones the model was trained on. */
function expectAsConfigured(tokenizer: TokenizerJson, config: Record<string, unknown>): void {
  const own = bertNormalizerOf(tokenizer);
  if (!own) return;
  const told = checkFields(CONFIG, overrides, config);
  const lowers = told.do_lower_case ?? byDefault(told, true);
  const settings = [
    ["do_lower_case", lowers, own.lowercase],
    ["strip_accents", told.strip_accents ?? byDefault(told, lowers), own.strip_accents ?? own.lowercase],
    [
      "tokenize_chinese_chars",
      told.tokenize_chinese_chars ?? byDefault(told, true),
      own.handle_chinese_chars,
    ],
  ] as const;
  for (const [name, expected, found] of settings) {
    if (expected == null || expected === found) continue;
    const source = told[name] == null ? `${CONFIG}, where nothing means that` : CONFIG;
    throw malformed(`tokenizer.json: expected ${name} ${expected} as in ${source}, found ${found}`);
  }
}

/** A default of `BertTokenizer`, which is a BERT's class where none is named; others have none. */
function byDefault<T>({ tokenizer_class }: v.InferOutput<typeof overrides>, value: T): T | undefined {
  return /^BertTokenizer(?:Fast)?$/.test(tokenizer_class ?? "BertTokenizer") ? value : undefined;
}

/** Settings of `BertTokenizer` that are followed; others must have the value that does nothing. */
const settings = v.object({
  tokenizer_class: v.nullish(v.picklist(["BertTokenizer", "BertTokenizerFast"])),
  do_lower_case: v.nullish(v.boolean(), true),
  strip_accents: v.nullish(v.boolean()),
  tokenize_chinese_chars: v.nullish(v.boolean(), true),
  do_basic_tokenize: v.nullish(v.literal(true)),
  never_split: v.nullish(v.strictTuple([])),
});

async function buildTokenizer(
  files: CheckpointFiles,
  vocabSize: number,
  config: Record<string, unknown>,
  specialTokens: SpecialTokens,
): Promise<{ ids: ReadonlyMap<string, number>; tokenizerJson: string }> {
  const options = checkFields(CONFIG, settings, config);
  const file = files.get("vocab.txt");
  if (!file)
    throw malformed(
      `checkpoint: expected tokenizer.json or vocab.txt, found ${[...files.keys()].sort().join(", ")}`,
    );
  const ids = await readVocabulary(file, vocabSize);
  for (const role of SPECIAL_TOKEN_ROLES) findId(ids, specialTokens, role);
  const tokenizer = makeBertTokenizerJson(ids, {
    lowercase: options.do_lower_case,
    stripAccents: options.strip_accents ?? undefined,
    handleChineseChars: options.tokenize_chinese_chars,
    specialTokens,
  });
  return { ids, tokenizerJson: JSON.stringify(tokenizer) };
}

async function readSpecialTokensMap(files: CheckpointFiles): Promise<Record<string, unknown>> {
  const name = "special_tokens_map.json";
  return files.has(name) ? readJson(files, name, jsonObject) : {};
}

/** The first file that names a token decides; by default they are called as in the original BERT. */
function readSpecialTokens(...sources: Record<string, unknown>[]): SpecialTokens {
  const nameOf = (role: keyof SpecialTokens) => {
    const named = sources.map((source) => source[`${role}_token`]).find((token) => token != null);
    return named === undefined
      ? `[${role.toUpperCase()}]`
      : checkFields(`${CONFIG}: ${role}_token`, tokenText, named);
  };
  return Object.fromEntries(SPECIAL_TOKEN_ROLES.map((role) => [role, nameOf(role)])) as SpecialTokens;
}

function namedByRole(specialTokens: SpecialTokens): Record<string, string> {
  return Object.fromEntries(SPECIAL_TOKEN_ROLES.map((role) => [`${role}_token`, specialTokens[role]]));
}

function findId(
  ids: ReadonlyMap<string, number>,
  specialTokens: SpecialTokens,
  role: keyof SpecialTokens,
): number {
  const id = ids.get(specialTokens[role]);
  if (id === undefined)
    throw malformed(`vocabulary: expected ${role}_token "${specialTokens[role]}", found no such token`);
  return id;
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-checkpoint", message);
}
