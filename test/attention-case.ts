import { encodeOnnx, OnnxType } from "../src/convert/onnx";
import { type KernelCase, pseudoRandom, sizeOf, type TensorData } from "./kernel-case";

/** One call of com.microsoft.MultiHeadAttention, in fp32. */
export interface AttentionShape {
  op: "MultiHeadAttention";
  batch: number;
  heads: number;
  headSize: number;
  queries: number;
  keys: number;
  /** `mask`: what hides padding, the same for every head and query, as our graphs have it; `full`: any numbers. */
  bias: "none" | "mask" | "full";
}

/** What is added to the scores of a key that is padding. */
const MASKED = -10_000;

export function attentionCase(shape: AttentionShape): KernelCase {
  const inputs = attentionInputs(shape);
  return { graph: attentionGraph(shape), inputs, expected: attend(shape, inputs) };
}

/** `query`, `key`, `value` [batch, length, hidden] and perhaps `attention_bias` to `output`; lengths are free. */
export function attentionGraph({ heads, bias }: Pick<AttentionShape, "heads" | "bias">) {
  const type = OnnxType.float;
  const value = (name: string, ...dims: string[]) => ({ name, type, dims });
  const mask = value("attention_bias", "biases", "heads", "queries", "keys");
  return encodeOnnx({
    name: "attention",
    nodes: [
      {
        op: "MultiHeadAttention",
        domain: "com.microsoft",
        inputs: ["query", "key", "value", ...(bias === "none" ? [] : ["", "", mask.name])],
        outputs: ["output"],
        attributes: { num_heads: { int: heads } },
      },
    ],
    initializers: [],
    inputs: [
      value("query", "batch", "queries", "hidden"),
      value("key", "batch", "keys", "hidden"),
      value("value", "batch", "keys", "hidden"),
      ...(bias === "none" ? [] : [mask]),
    ],
    outputs: [value("output", "batch", "queries", "hidden")],
    opsets: { "": 17, "com.microsoft": 1 },
  });
}

type Inputs = Record<"query" | "key" | "value", TensorData> & { attention_bias?: TensorData };

function attentionInputs(shape: AttentionShape): Inputs {
  const { batch, heads, headSize, queries, keys, bias } = shape;
  const next = pseudoRandom(1);
  const random = (...dims: number[]): TensorData => ({
    dims,
    data: new Float32Array(sizeOf(dims)).map(next),
  });
  const inputs: Inputs = {
    query: random(batch, queries, heads * headSize),
    key: random(batch, keys, heads * headSize),
    value: random(batch, keys, heads * headSize),
  };
  if (bias === "full") inputs.attention_bias = random(batch, heads, queries, keys);
  if (bias === "mask") inputs.attention_bias = paddingMask(shape);
  return inputs;
}

/** The last row of the batch is whole; each before it is shorter by a fifth of the keys. */
function paddingMask({ batch, queries, keys }: AttentionShape): TensorData {
  const dims = [batch, 1, queries, keys];
  const data = new Float32Array(sizeOf(dims));
  for (let line = 0; line < batch * queries; line++) {
    const missing = (batch - 1 - Math.floor(line / queries)) / 5;
    data.fill(MASKED, line * keys + Math.ceil(keys * (1 - missing)), (line + 1) * keys);
  }
  return { dims, data };
}

/** softmax(query · key / √headSize + bias) · value, a head at a time, in double precision. */
function attend({ batch, heads, headSize, queries, keys }: AttentionShape, inputs: Inputs): Float64Array {
  const hidden = heads * headSize;
  const output = new Float64Array(batch * queries * hidden);
  for (let index = 0; index < batch * heads * queries; index++) {
    const query = index % queries;
    const head = Math.floor(index / queries) % heads;
    const row = Math.floor(index / queries / heads);
    const start = (row * queries + query) * hidden + head * headSize;
    const keyStart = (key: number) => (row * keys + key) * hidden + head * headSize;
    const scores = Array.from({ length: keys }, (_, key) => {
      const bias = biasAt(inputs.attention_bias, [row, head, query, key]);
      return (
        dot(inputs.query.data, start, inputs.key.data, keyStart(key), headSize) / Math.sqrt(headSize) + bias
      );
    });
    const largest = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - largest));
    const total = weights.reduce((sum, weight) => sum + weight);
    weights.forEach((weight, key) => {
      for (let i = 0; i < headSize; i++) {
        output[start + i]! += (weight / total) * inputs.value.data[keyStart(key) + i]!;
      }
    });
  }
  return output;
}

/** A first or second dimension of 1 stands for every row or head. */
function biasAt(bias: TensorData | undefined, at: readonly number[]): number {
  if (!bias) return 0;
  return bias.data[
    at.reduce((offset, index, axis) => offset * bias.dims[axis]! + (index % bias.dims[axis]!), 0)
  ]!;
}

function dot(a: Float32Array, aStart: number, b: Float32Array, bStart: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[aStart + i]! * b[bStart + i]!;
  return sum;
}
