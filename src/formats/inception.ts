import { kindOf } from "../shared/found";
import { coveredText } from "./covered-text";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, PlacedPair, ReadRow, ScoredPair, ScoredRow } from "./format";
import { isFields } from "./is-fields";
import { type Judge, versionOf } from "./judge";

/** Features of a response's layer that are filled where the layer has them. */
const FEATURES: Record<string, (pair: ScoredPair, judge: Judge) => unknown> = {
  reward: ({ reward }) => reward,
  score: ({ score }) => score,
  tokens: ({ tokens }) => tokens,
  truncated: ({ truncated }) => truncated,
  model: (_, judge) => versionOf(judge),
  backend: (_, { backend }) => backend,
};

/**
 * A document of INCEpTION as UIMA CAS JSON. Spans of a layer Response are scored, each with the last span of a
 * layer Prompt before it, and get the features of their layer.
 *
 * @see https://github.com/apache/uima-uimaj-io-jsoncas/blob/main/SPECIFICATION.adoc
 */
export const inception: Format = {
  rows: "json",
  open: (options) => ({
    home: null,
    read: (document) => readDocument(document, options),
    annotate: (document, scored, judge) => fillFeatures(document, scored, judge),
  }),
};

function readDocument(document: Fields, options: FormatOptions): ReadRow | string {
  const structures = fieldOf(document, "%FEATURE_STRUCTURES");
  if (!Array.isArray(structures) || !structures.every(isFields)) {
    return `expected %FEATURE_STRUCTURES, objects, found ${kindOf("%FEATURE_STRUCTURES", structures)}`;
  }
  const { prompt: promptLayer = "Prompt", responses: [responseLayer = "Response"] = [] } = options;
  const prompts = structures.filter((structure) => isOf(promptLayer, structure));
  const pairs: PlacedPair[] = [];
  for (const [at, response] of structures.entries()) {
    if (!isOf(responseLayer, response)) continue;
    if (!featuresOf(document, response).includes("reward")) {
      return `expected the layer ${responseLayer} with a feature reward, found none`;
    }
    const prompt = lastBefore(response, prompts);
    if (!prompt) return `expected a span of a layer ${promptLayer} before every ${responseLayer}, found none`;
    const [asked, answered] = [coveredText(prompt, structures), coveredText(response, structures)];
    if ("problem" in asked) return asked.problem;
    if ("problem" in answered) return answered.problem;
    pairs.push({ prompt: asked.text, response: answered.text, field: responseLayer, at });
  }
  return pairs.length > 0 ? { pairs } : `expected spans of a layer ${responseLayer}, found none`;
}

function lastBefore(response: Fields, prompts: readonly Fields[]): Fields | undefined {
  const beginOf = (span: Fields) => Number(fieldOf(span, "begin"));
  const before = prompts.filter((prompt) => beginOf(prompt) <= beginOf(response));
  return before.toSorted((a, b) => beginOf(a) - beginOf(b)).at(-1);
}

/** A layer's technical name has a prefix that depends on the version: `custom.Response`. */
function isOf(layer: string, structure: Fields): boolean {
  const type = fieldOf(structure, "%TYPE");
  return type === layer || (typeof type === "string" && type.endsWith(`.${layer}`));
}

/** The features that the type system declares for a structure's type itself. */
function featuresOf(document: Fields, structure: Fields): string[] {
  const types = fieldOf(document, "%TYPES");
  const type = isFields(types) ? fieldOf(types, String(fieldOf(structure, "%TYPE"))) : undefined;
  return isFields(type) ? Object.keys(type) : [];
}

function fillFeatures(document: Fields, { pairs }: ScoredRow, judge: Judge): Fields {
  const structures = [...(document["%FEATURE_STRUCTURES"] as Fields[])];
  for (const pair of pairs) {
    const structure = structures[pair.at!]!;
    const declared = featuresOf(document, structure).filter((feature) => Object.hasOwn(FEATURES, feature));
    const values = declared.map((feature) => [feature, FEATURES[feature]!(pair, judge)]);
    structures[pair.at!] = { ...structure, ...Object.fromEntries(values) };
  }
  return { ...document, "%FEATURE_STRUCTURES": structures };
}
