import { describe, expect, it } from "vitest";
import { openFixture } from "../../test/fixture";
import type { Tensor, Tensors } from "./checkpoint";
import { openCheckpoint } from "./open-checkpoint";
import { readBert } from "./read-bert";

const seqcls = await openCheckpoint(await openFixture("bert-seqcls"));
const reward = await openCheckpoint(await openFixture("bert-reward"));

describe("readBert", () => {
  it("reads today's generation: pooler, tanh, classifier", () => {
    const bert = readBert(seqcls.config, seqcls.tensors);
    expect(bert).toMatchObject({
      architecture: "BertForSequenceClassification",
      hiddenSize: 64,
      headCount: 4,
      intermediateSize: 160,
      vocabSize: 3000,
      positionCount: 512,
      layerNormEpsilon: 1e-12,
    });
    expect(bert.layers).toHaveLength(2);
    expect(bert.layers[1]!.intermediate.weight.name).toBe("bert.encoder.layer.1.intermediate.dense.weight");
    expect(describeHead(bert)).toEqual([
      ["bert.pooler.dense.weight", [64, 64], "tanh"],
      ["classifier.weight", [1, 64], undefined],
    ]);
  });

  it("reads the 2023 generation: relu, tanh, linear, and leaves its pooler alone", () => {
    const bert = readBert(reward.config, reward.tensors);
    expect(bert.architecture).toBe("RewardModel");
    expect(describeHead(bert)).toEqual([
      ["cls_layer1.weight", [24, 64], "relu"],
      ["ff1.weight", [24, 24], "tanh"],
      ["ff2.weight", [1, 24], undefined],
    ]);
  });

  it("takes the 2023 generation by its model_type alone", () => {
    const { architectures: _, ...config } = reward.config;
    expect(readBert(config, reward.tensors).architecture).toBe("RewardModel");
  });

  it("counts labels by their names where num_labels is null", () => {
    expect(() => readBert({ ...seqcls.config, num_labels: null }, seqcls.tensors)).not.toThrow();
  });

  it("takes LayerNorm's old names, gamma and beta", () => {
    const renamed = new Map(
      [...seqcls.tensors].map(([name, tensor]) => {
        const old = name
          .replace("LayerNorm.weight", "LayerNorm.gamma")
          .replace("LayerNorm.bias", "LayerNorm.beta");
        return [old, { ...tensor, name: old }] as const;
      }),
    );
    expect(readBert(seqcls.config, renamed).embeddings.norm.weight.name).toBe(
      "bert.embeddings.LayerNorm.gamma",
    );
  });

  it.each<[Record<string, unknown>, string]>([
    [
      { architectures: ["RobertaForSequenceClassification"], model_type: "roberta" },
      "architectures: expected RewardModel (bert-reward) or BertForSequenceClassification (bert), found RobertaForSequenceClassification (roberta)",
    ],
    [
      { architectures: ["BertModel"] },
      "architectures: expected RewardModel (bert-reward) or BertForSequenceClassification (bert), found BertModel (bert)",
    ],
    [
      { architectures: null, model_type: undefined },
      "architectures: expected RewardModel (bert-reward) or BertForSequenceClassification (bert), found none (no model_type)",
    ],
    [{ id2label: { 0: "bad", 1: "good" } }, "number of labels: expected 1, found 2"],
    [{ id2label: undefined }, "number of labels: expected 1, found 2"],
    [{ num_labels: 3 }, "number of labels: expected 1, found 3"],
    [{ hidden_act: "gelu_new" }, 'hidden_act: expected "gelu", found "gelu_new"'],
    [
      { position_embedding_type: "relative_key" },
      'position_embedding_type: expected "absolute", found "relative_key"',
    ],
    [{ is_decoder: true }, "is_decoder: expected false, found true"],
    [{ num_attention_heads: 5 }, "hidden_size: expected a multiple of 5 heads, found 64"],
  ])("throws for config.json with %j", (changes, message) => {
    expect(() => readBert({ ...seqcls.config, ...changes }, seqcls.tensors)).toThrowError(
      expect.objectContaining({ code: "unsupported-architecture", message: `config.json: ${message}` }),
    );
  });

  it("throws for a 2023 head with two outputs", () => {
    expect(() => readBert({ ...reward.config, linear_layer_output: 2 }, reward.tensors)).toThrowError(
      expect.objectContaining({
        code: "unsupported-architecture",
        message: "config.json: linear_layer_output: expected 1, found 2",
      }),
    );
  });

  it.each<[Record<string, unknown>, string]>([
    [{ hidden_size: "64" }, 'config.json: hidden_size: expected number, found "64"'],
    [{ num_hidden_layers: 0 }, "config.json: num_hidden_layers: expected >=1, found 0"],
    [{ layer_norm_eps: -1 }, "config.json: layer_norm_eps: expected >0, found -1"],
    [{ architectures: "BertModel" }, 'config.json: architectures: expected Array, found "BertModel"'],
    [
      { vocab_size: 3001 },
      'tensor "bert.embeddings.word_embeddings.weight": expected shape [3001, 64], found [3000, 64]',
    ],
    [
      { num_hidden_layers: 1e9 },
      'tensor "bert.encoder.layer.2.attention.self.query.weight": expected shape [64, 64], found no such tensor',
    ],
  ])("throws for a checkpoint that does not fit %j", (changes, message) => {
    expect(() => readBert({ ...seqcls.config, ...changes }, seqcls.tensors)).toThrowError(
      expect.objectContaining({ code: "malformed-checkpoint", message }),
    );
  });

  it("throws for a missing tensor", () => {
    expect(() => readBert(seqcls.config, without(seqcls.tensors, "classifier.bias"))).toThrowError(
      expect.objectContaining({
        code: "malformed-checkpoint",
        message: 'tensor "classifier.bias": expected shape [1], found no such tensor',
      }),
    );
  });

  it("throws for a tensor of another rank", () => {
    const flat: Tensor = { ...seqcls.tensors.get("classifier.weight")!, shape: [64] };
    expect(() =>
      readBert(seqcls.config, new Map(seqcls.tensors).set("classifier.weight", flat)),
    ).toThrowError(
      expect.objectContaining({
        code: "malformed-checkpoint",
        message: 'tensor "classifier.weight": expected shape [1, 64], found [64]',
      }),
    );
  });
});

function describeHead({ head }: ReturnType<typeof readBert>) {
  return head.map(({ weight, activation }) => [weight.name, weight.shape, activation]);
}

function without(tensors: Tensors, name: string): Tensors {
  return new Map([...tensors].filter(([other]) => other !== name));
}
