import type { Bert } from "./bert";
import { type BertConfig, parseBertConfig } from "./bert-config";
import type { Tensors } from "./checkpoint";
import { TensorFinder } from "./tensor-finder";

/**
 * Finds the parts of a reward model in a checkpoint. Shapes are checked, weights are not read.
 *
 * @param config config.json
 * @throws ScorerError `unsupported-architecture` — not a BERT with a head of one output, or a variant
 * of it that computes something else
 * @throws ScorerError `malformed-checkpoint` — a field or tensor is missing, or a shape does not fit
 * config.json
 */
export function readBert(config: Record<string, unknown>, tensors: Tensors): Bert {
  const fields = parseBertConfig(config);
  const find = new TensorFinder(tensors);
  const hiddenSize = fields.hidden_size;
  return {
    architecture: fields.architecture,
    hiddenSize,
    headCount: fields.num_attention_heads,
    intermediateSize: fields.intermediate_size,
    vocabSize: fields.vocab_size,
    positionCount: fields.max_position_embeddings,
    layerNormEpsilon: fields.layer_norm_eps,
    embeddings: {
      word: find.tensor("bert.embeddings.word_embeddings.weight", [fields.vocab_size, hiddenSize]),
      position: find.tensor("bert.embeddings.position_embeddings.weight", [
        fields.max_position_embeddings,
        hiddenSize,
      ]),
      tokenType: find.tensor("bert.embeddings.token_type_embeddings.weight", [
        fields.type_vocab_size,
        hiddenSize,
      ]),
      norm: find.norm("bert.embeddings.LayerNorm", hiddenSize),
    },
    layers: readLayers(find, fields),
    head: readHead(find, fields),
  };
}

function readLayers(find: TensorFinder, fields: BertConfig): Bert["layers"] {
  const { hidden_size: hidden, intermediate_size: intermediate } = fields;
  const layers: Bert["layers"] = [];
  for (let i = 0; i < fields.num_hidden_layers; i++) {
    const layer = `bert.encoder.layer.${i}`;
    layers.push({
      query: find.linear(`${layer}.attention.self.query`, hidden, hidden),
      key: find.linear(`${layer}.attention.self.key`, hidden, hidden),
      value: find.linear(`${layer}.attention.self.value`, hidden, hidden),
      attentionOutput: find.linear(`${layer}.attention.output.dense`, hidden, hidden),
      attentionNorm: find.norm(`${layer}.attention.output.LayerNorm`, hidden),
      intermediate: find.linear(`${layer}.intermediate.dense`, hidden, intermediate),
      output: find.linear(`${layer}.output.dense`, intermediate, hidden),
      outputNorm: find.norm(`${layer}.output.LayerNorm`, hidden),
    });
  }
  return layers;
}

/** The two generations differ here alone; a pooler that `RewardModel` brings along is unused. */
function readHead(find: TensorFinder, fields: BertConfig): Bert["head"] {
  const { hidden_size: hidden, linear_layer: inner } = fields;
  if (fields.architecture === "BertForSequenceClassification") {
    return [
      { ...find.linear("bert.pooler.dense", hidden, hidden), activation: "tanh" },
      { ...find.linear("classifier", hidden, 1), activation: undefined },
    ];
  }
  return [
    { ...find.linear("cls_layer1", hidden, inner), activation: "relu" },
    { ...find.linear("ff1", inner, inner), activation: "tanh" },
    { ...find.linear("ff2", inner, 1), activation: undefined },
  ];
}
