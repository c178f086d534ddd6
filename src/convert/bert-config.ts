import * as v from "valibot";
import { ScorerError } from "../shared/errors";
import type { Bert } from "./bert";
import { checkFields } from "./check-fields";
import { size } from "./schemas";

/** What an architecture's config.json calls its `model_type`. */
const modelTypes: Record<Bert["architecture"], string> = {
  RewardModel: "bert-reward",
  BertForSequenceClassification: "bert",
};

const identity = v.object({
  architectures: v.nullish(v.array(v.string()), []),
  model_type: v.optional(v.string()),
});

/** Defaults are those of transformers' BertConfig. */
const fields = v.object({
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  intermediate_size: size,
  max_position_embeddings: size,
  type_vocab_size: v.optional(size, 2),
  layer_norm_eps: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0)), 1e-12),
  hidden_act: v.optional(v.string(), "gelu"),
  position_embedding_type: v.nullish(v.string(), "absolute"),
  is_decoder: v.optional(v.boolean(), false),
  linear_layer: v.optional(size, 128),
  linear_layer_output: v.optional(size, 1),
  num_labels: v.nullish(size),
  id2label: v.nullish(v.record(v.string(), v.unknown())),
});

export type BertConfig = v.InferOutput<typeof fields> & Pick<Bert, "architecture">;

/**
 * Reads config.json of a BERT reward model.
 *
 * @throws ScorerError `unsupported-architecture` — another model, or one computed in another way
 * @throws ScorerError `malformed-checkpoint` — a field is missing or of the wrong kind
 */
export function parseBertConfig(config: Record<string, unknown>): BertConfig {
  const architecture = findArchitecture(config);
  const parsed = { ...checkFields("config.json", fields, config), architecture };
  expectField("hidden_act", parsed.hidden_act, "gelu");
  expectField("position_embedding_type", parsed.position_embedding_type, "absolute");
  expectField("is_decoder", parsed.is_decoder, false);
  if (architecture === "RewardModel") expectField("linear_layer_output", parsed.linear_layer_output, 1);
  else expectField("number of labels", labelCount(parsed), 1);
  const { hidden_size, num_attention_heads } = parsed;
  if (hidden_size % num_attention_heads !== 0) {
    throw unsupported(
      `hidden_size: expected a multiple of ${num_attention_heads} heads, found ${hidden_size}`,
    );
  }
  return parsed;
}

function findArchitecture(config: Record<string, unknown>): Bert["architecture"] {
  const { architectures, model_type } = checkFields("config.json", identity, config);
  for (const [architecture, modelType] of Object.entries(modelTypes)) {
    const named = architectures?.length ? architectures.includes(architecture) : model_type === "bert-reward";
    if (named && (model_type ?? modelType) === modelType) return architecture as Bert["architecture"];
  }
  const supported = Object.entries(modelTypes).map(([name, type]) => `${name} (${type})`);
  const found = `${architectures?.join(", ") || "none"} (${model_type ?? "no model_type"})`;
  throw unsupported(`architectures: expected ${supported.join(" or ")}, found ${found}`);
}

/** As transformers counts: an explicit number, else the names, else two. */
function labelCount({ num_labels, id2label }: BertConfig): number {
  return num_labels ?? (id2label ? Object.keys(id2label).length : 2);
}

function expectField(name: string, found: unknown, expected: unknown): void {
  if (found !== expected) {
    throw unsupported(`${name}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }
}

function unsupported(message: string): ScorerError {
  return new ScorerError("unsupported-architecture", `config.json: ${message}`);
}
