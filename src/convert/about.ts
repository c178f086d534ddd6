import type { About, Manifest, Words } from "../shared/manifest";

/** What is known of a checkpoint that says nothing of itself. */
function unknown(repository: string): About {
  return {
    description: `Converted from ${repository}.`,
    pairwise: false,
    defaultAlpha: 1,
    languages: [],
    licence: "unknown",
    accuracy: [],
    limits: ["Nothing is known here of how this model was trained or measured."],
  };
}

/** A checkpoint does not say whether it was trained with token types; its token types are read as 0 all the same. */
export const TOKEN_TYPES_ARE_0 =
  "Token types are all 0, as with return_token_type_ids=False in transformers: a model trained with other token types gets other rewards here.";

const TOKEN_TYPES_ARE_0_PT =
  "Os tipos de token são todos 0, como com return_token_type_ids=False em transformers: um modelo treinado com outros tipos de token recebe outras recompensas aqui.";

const WEAK = "Weak as a judge of quality: it sees form and topic more than truth. Do not decide by it alone.";
const WEAK_PT =
  "Fraco como juiz de qualidade: vê forma e assunto mais do que verdade. Não decida só por ele.";
const CUT_PT = "Entradas de mais de 512 tokens são cortadas.";

/** From the published model cards. */
const PUBLISHED: Record<string, Omit<About, "pairwise">> = {
  "nicholasKluge/RewardModel": {
    description: "RewardModel: bert-base-cased with a regression head, for English.",
    defaultAlpha: 10,
    languages: ["en"],
    licence: "Apache-2.0",
    accuracy: ["WebGPT comparisons: 55.02 % (chance 50 %)", "HH-RLHF: 49.34 % (chance 50 %)"],
    limits: [WEAK, "English only.", "Longer inputs than 512 tokens are cut."],
    translations: {
      "pt-BR": {
        description: "RewardModel: bert-base-cased com uma cabeça de regressão, para inglês.",
        accuracy: ["Comparações de WebGPT: 55,02 % (acaso 50 %)", "HH-RLHF: 49,34 % (acaso 50 %)"],
        limits: [WEAK_PT, "Só inglês.", CUT_PT],
      },
    },
  },
  "nicholasKluge/RewardModelPT": {
    description: "RewardModelPT: BERTimbau base cased with a regression head, for Brazilian Portuguese.",
    defaultAlpha: 10,
    languages: ["pt-BR"],
    licence: "Apache-2.0",
    accuracy: [],
    limits: [WEAK, "Brazilian Portuguese only.", "Longer inputs than 512 tokens are cut."],
    translations: {
      "pt-BR": {
        description:
          "RewardModelPT: BERTimbau base cased com uma cabeça de regressão, para português do Brasil.",
        accuracy: [],
        limits: [WEAK_PT, "Só português do Brasil.", CUT_PT],
      },
    },
  },
};

/**
 * What to write of a model.
 *
 * Today's published checkpoints learned from comparisons, the 2023 ones by squared error, so only a
 * `BertForSequenceClassification` of theirs has rewards whose differences are log-odds; alpha belongs
 * to the 2023 ones and is 1 for the others, whose rewards already span about ±12. They are trained with token
 * types of 0 as well.
 *
 * @param knowsTokenTypes whether other token types would give other rewards
 */
export function aboutModel(
  repository: string,
  architecture: Manifest["architecture"],
  knowsTokenTypes: boolean,
  given: Partial<About> = {},
): About {
  const published = PUBLISHED[repository];
  const known = published && {
    ...published,
    pairwise: architecture === "BertForSequenceClassification",
    defaultAlpha: architecture === "RewardModel" ? published.defaultAlpha : 1,
  };
  const about = { ...unknown(repository), ...withoutStale(known, given), ...given };
  if (published || !knowsTokenTypes) return about;
  return withLimit(about);
}

/** Words that are given replace the known ones, and so what these are in other languages. */
function withoutStale(
  { translations, ...known }: Partial<About> = {},
  given: Partial<About>,
): Partial<About> {
  const replaced = given.description ?? given.accuracy ?? given.limits;
  return replaced === undefined && translations ? { ...known, translations } : known;
}

/** Said in every language that the words have; in English where there is no translation of it. */
function withLimit({ translations, ...about }: About): About {
  const told = { ...about, limits: [...about.limits, TOKEN_TYPES_ARE_0] };
  if (!translations) return told;
  const tell = ([tag, words]: [string, Words]) => {
    const limit = tag === "pt-BR" ? TOKEN_TYPES_ARE_0_PT : TOKEN_TYPES_ARE_0;
    return [tag, { ...words, limits: [...words.limits, limit] }];
  };
  return { ...told, translations: Object.fromEntries(Object.entries(translations).map(tell)) };
}
