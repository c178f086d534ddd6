import { once } from "node:events";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Size {
  layers: number;
  hidden: number;
  heads: number;
  intermediate: number;
  vocabulary: number;
}

export const BERT_BASE: Size = { layers: 12, hidden: 768, heads: 12, intermediate: 3072, vocabulary: 28_996 };

const POSITIONS = 512;
const HEAD = 128;

/**
 * Write a checkpoint of the 2023-06 architecture with random weights: the size of the real one, none
 * of its knowledge. 433 MB for `BERT_BASE`. The same seed gives the same bytes.
 *
 * @param deviation how far weights are from 0: larger ones tell texts further apart
 */
export async function writeRandomCheckpoint(
  folder: string,
  size: Size,
  seed = 1,
  deviation = 0.04,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.json"), JSON.stringify(configOf(size), undefined, 2));
  writeFileSync(join(folder, "vocab.txt"), `${vocabularyOf(size.vocabulary).join("\n")}\n`);
  writeFileSync(
    join(folder, "tokenizer_config.json"),
    JSON.stringify({ do_lower_case: false, model_max_length: 512, tokenizer_class: "BertTokenizer" }),
  );
  await writeWeights(join(folder, "model.safetensors"), shapesOf(size), randomNormal(seed), deviation);
}

function configOf({ layers, hidden, heads, intermediate, vocabulary }: Size) {
  return {
    architectures: ["RewardModel"],
    model_type: "bert-reward",
    hidden_act: "gelu",
    hidden_size: hidden,
    intermediate_size: intermediate,
    layer_norm_eps: 1e-12,
    linear_layer: HEAD,
    linear_layer_output: 1,
    max_position_embeddings: POSITIONS,
    num_attention_heads: heads,
    num_hidden_layers: layers,
    pad_token_id: 0,
    position_embedding_type: "absolute",
    type_vocab_size: 2,
    vocab_size: vocabulary,
  };
}

/** Special tokens, every printable ASCII character whole and as a continuation, then fillers. */
function vocabularyOf(count: number): string[] {
  const characters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const known = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    ...characters,
    ...characters.map((c) => `##${c}`),
  ];
  const fillers = Array.from({ length: count - known.length }, (_, index) => `filler${index}`);
  return [...known, ...fillers];
}

function shapesOf({ layers, hidden, intermediate, vocabulary }: Size): Map<string, number[]> {
  const shapes = new Map<string, number[]>();
  const linear = (name: string, outputs: number, inputs: number) =>
    shapes.set(`${name}.weight`, [outputs, inputs]).set(`${name}.bias`, [outputs]);
  const norm = (name: string) => shapes.set(`${name}.weight`, [hidden]).set(`${name}.bias`, [hidden]);
  shapes.set("bert.embeddings.word_embeddings.weight", [vocabulary, hidden]);
  shapes.set("bert.embeddings.position_embeddings.weight", [POSITIONS, hidden]);
  shapes.set("bert.embeddings.token_type_embeddings.weight", [2, hidden]);
  norm("bert.embeddings.LayerNorm");
  for (let layer = 0; layer < layers; layer++) {
    const at = `bert.encoder.layer.${layer}`;
    for (const part of ["query", "key", "value"]) linear(`${at}.attention.self.${part}`, hidden, hidden);
    linear(`${at}.attention.output.dense`, hidden, hidden);
    norm(`${at}.attention.output.LayerNorm`);
    linear(`${at}.intermediate.dense`, intermediate, hidden);
    linear(`${at}.output.dense`, hidden, intermediate);
    norm(`${at}.output.LayerNorm`);
  }
  linear("cls_layer1", HEAD, hidden);
  linear("ff1", HEAD, HEAD);
  linear("ff2", 1, HEAD);
  return shapes;
}

async function writeWeights(
  path: string,
  shapes: Map<string, number[]>,
  random: () => number,
  deviation: number,
): Promise<void> {
  const header: Record<string, object> = {};
  let end = 0;
  for (const [name, shape] of shapes) {
    const start = end;
    end += 4 * shape.reduce((product, dim) => product * dim, 1);
    header[name] = { dtype: "F32", shape, data_offsets: [start, end] };
  }
  const text = JSON.stringify(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = createWriteStream(path);
  file.write(length);
  file.write(text);
  for (const [name, shape] of shapes) {
    const values = new Float32Array(shape.reduce((product, dim) => product * dim, 1));
    const gain = name.includes("LayerNorm.weight") ? 1 : 0;
    for (let at = 0; at < values.length; at++) values[at] = gain + deviation * random();
    if (!file.write(Buffer.from(values.buffer))) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
}

/** About normal, from a sum of three uniforms; mulberry32 underneath. */
function randomNormal(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return () => 2 * (uniform() + uniform() + uniform() - 1.5);
}
