import type { Tensor } from "./checkpoint";

/** y = x · weightᵀ + bias. */
export interface Linear extends Product {
  bias: Tensor;
}

/** A linear layer that may do without a bias. */
export interface Product {
  /** Shape [out, in], as PyTorch stores it. */
  weight: Tensor;
  /** Shape [out]. */
  bias?: Tensor;
}

export interface LayerNorm {
  weight: Tensor;
  bias: Tensor;
}

export interface EncoderLayer {
  query: Linear;
  key: Linear;
  value: Linear;
  attentionOutput: Linear;
  attentionNorm: LayerNorm;
  intermediate: Linear;
  output: Linear;
  outputNorm: LayerNorm;
}

export interface HeadLayer extends Linear {
  activation: "relu" | "tanh" | undefined;
}

/** A BERT encoder with a regression head: all tensors present, all shapes agreeing with config.json. */
export interface Bert {
  architecture: "RewardModel" | "BertForSequenceClassification";
  hiddenSize: number;
  headCount: number;
  intermediateSize: number;
  vocabSize: number;
  /** Rows of the position table: the most tokens the model takes. */
  positionCount: number;
  layerNormEpsilon: number;
  embeddings: { word: Tensor; position: Tensor; tokenType: Tensor; norm: LayerNorm };
  layers: EncoderLayer[];
  /** From `[CLS]`'s last hidden state to the reward; the last one has one output. */
  head: HeadLayer[];
}
