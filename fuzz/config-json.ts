import assert from "node:assert/strict";
import type { Bert } from "../src/convert/bert";
import { openCheckpoint } from "../src/convert/open-checkpoint";
import { readBert } from "../src/convert/read-bert";
import type { Bytes } from "./mutate-bytes";
import { mutateJson } from "./mutate-json";
import type { Reader } from "./reader";
import { seedBytes, seedJson } from "./seeds";

const NAMES = ["bert-seqcls", "bert-reward"];
const SEEDS = NAMES.map((name) => seedJson(`test/fixtures/${name}/config.json`));
const WEIGHTS = NAMES.map((name) => new Blob([seedBytes(`test/fixtures/${name}/model.safetensors`)]));

/** With the weights of either architecture. */
async function read(bytes: Bytes): Promise<Bert> {
  const text = new TextDecoder().decode(bytes);
  const weights = text.includes("linear_layer") ? WEIGHTS[1]! : WEIGHTS[0]!;
  const files = new Map([
    ["config.json", new Blob([bytes])],
    ["model.safetensors", weights],
  ]);
  const { config, tensors } = await openCheckpoint(files);
  return readBert(config, tensors);
}

/** The model is the one that the file says, in every number that its graph is made of. */
function judge(bytes: Bytes, bert: Bert): void {
  const config = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  assert.deepEqual(
    [bert.hiddenSize, bert.headCount, bert.intermediateSize, bert.vocabSize, bert.positionCount],
    [
      config.hidden_size,
      config.num_attention_heads,
      config.intermediate_size,
      config.vocab_size,
      config.max_position_embeddings,
    ],
  );
  assert.equal(bert.layers.length, config.num_hidden_layers);
  assert.equal(bert.layerNormEpsilon, config.layer_norm_eps ?? 1e-12);
  assert.ok(bert.layerNormEpsilon > 0 && Number.isFinite(bert.layerNormEpsilon));
  assert.ok([undefined, "gelu"].includes(config.hidden_act));
  assert.ok([undefined, null, "absolute"].includes(config.position_embedding_type));
  assert.ok([undefined, false].includes(config.is_decoder));
  assert.deepEqual(bert.embeddings.word.shape, [config.vocab_size, config.hidden_size]);
  assert.equal(bert.head.at(-1)!.weight.shape[0], 1);
}

export const configJson: Reader<Bert> = {
  mutant: (random) => mutateJson(random.pick(SEEDS), random),
  read,
  judge,
};
