import type { Bert, EncoderLayer, LayerNorm, Linear } from "../src/convert/bert";
import type { Tensor } from "../src/convert/checkpoint";
import { type Initializer, type Node, type OnnxModel, OnnxType } from "../src/convert/onnx";

/** One way in which a model can be wrong and still give finite rewards. */
export interface Break {
  name: string;
  /** What it does to the weights and numbers. */
  bert?: (bert: Bert) => Bert;
  /** What it does to the graph, in its plain form. */
  graph?: (model: OnnxModel, bert: Bert) => OnnxModel | Promise<OnnxModel>;
  /** What it does to the token ids. */
  id?: (id: bigint) => bigint;
}

/** A one-per-cent error, as of a scale. */
const ONE_PER_CENT = 1.01;
/** As the graph masks padding. */
const MASKED = -10_000;
/** The id of `[SEP]` in every vocabulary here; `[MASK]` is the next. */
const SEP = 102n;

export const BREAKS: readonly Break[] = [
  { name: "layers swapped", bert: (bert) => ({ ...bert, layers: bert.layers.toReversed() }) },
  { name: "last layer left out", bert: (bert) => ({ ...bert, layers: bert.layers.slice(0, -1) }) },
  { name: "LayerNorm epsilon 1e-5 for 1e-12", bert: (bert) => ({ ...bert, layerNormEpsilon: 1e-5 }) },
  { name: "LayerNorm epsilon 1e-3 for 1e-12", bert: (bert) => ({ ...bert, layerNormEpsilon: 1e-3 }) },
  {
    name: "query and key swapped",
    bert: (bert) => eachLayer(bert, (layer) => ({ ...layer, query: layer.key, key: layer.query })),
  },
  {
    name: "an attention head gives zero",
    bert: (bert) => firstLayer(bert, (layer) => ({ ...layer, value: zeroHead(layer.value, bert) })),
  },
  {
    name: "a bias dropped",
    bert: (bert) =>
      firstLayer(bert, (layer) => ({ ...layer, output: withBias(layer.output, (bias) => bias.fill(0)) })),
  },
  {
    name: "a square weight transposed",
    bert: (bert) =>
      firstLayer(bert, (layer) => ({ ...layer, attentionOutput: transposed(layer.attentionOutput) })),
  },
  {
    name: "the scale of one output channel off by 1 %",
    bert: (bert) => firstLayer(bert, (layer) => ({ ...layer, output: scaleRows(layer.output, 1) })),
  },
  {
    name: "the scales of one weight off by 1 %",
    bert: (bert) => firstLayer(bert, (layer) => ({ ...layer, output: scaleRows(layer.output) })),
  },
  {
    name: "one value of a LayerNorm off by 1 %",
    bert: (bert) => firstLayer(bert, (layer) => ({ ...layer, outputNorm: scaleNorm(layer.outputNorm, 1) })),
  },
  {
    name: "Relu for tanh or tanh for Relu in the head",
    bert: (bert) => ({
      ...bert,
      head: bert.head.map((layer) =>
        layer.activation ? { ...layer, activation: layer.activation === "tanh" ? "relu" : "tanh" } : layer,
      ),
    }),
  },
  { name: "token type 1 for every token", bert: (bert) => withTokenType1(bert) },
  { name: "token type 1 for the response", graph: tokenType1ForResponse },
  { name: "positions shifted by one", bert: (bert) => changePositions(bert, 0, 1) },
  { name: "positions wrong from token 128 on", bert: (bert) => changePositions(bert, 128, 1) },
  { name: "positions wrong from token 256 on", bert: (bert) => changePositions(bert, 256, 1) },
  { name: "positions wrong from token 384 on", bert: (bert) => changePositions(bert, 384, 1) },
  { name: "[MASK] for [SEP]", id: (id) => (id === SEP ? SEP + 1n : id) },
  { name: "tanh Gelu", graph: tanhGelu },
  { name: "padding not masked", graph: (model) => setConstant(model, "masked", 0) },
  { name: "attention not scaled", graph: (model) => setConstant(model, "attention.scale", 1) },
  {
    name: "attention scale off by 1 %",
    graph: (model, { hiddenSize, headCount }) =>
      setConstant(model, "attention.scale", ONE_PER_CENT / Math.sqrt(hiddenSize / headCount)),
  },
  { name: "mask of the first row for every row", graph: firstRowsMask },
  { name: "attention sees 64 keys at most", graph: (model) => fewKeys(model, 64) },
  { name: "attention sees 128 keys at most", graph: (model) => fewKeys(model, 128) },
  { name: "attention sees 256 keys at most", graph: (model) => fewKeys(model, 256) },
  { name: "attention sees 500 keys at most", graph: (model) => fewKeys(model, 500) },
];

/** One row of the word embeddings, sign turned. */
export function corruptToken(token: number, what: string): Break {
  return {
    name: `embedding of ${what} corrupted`,
    bert: (bert) => ({
      ...bert,
      embeddings: {
        ...bert.embeddings,
        word: changed(bert.embeddings.word, (values) => {
          const row = values.subarray(token * bert.hiddenSize, (token + 1) * bert.hiddenSize);
          row.forEach((value, at) => {
            row[at] = -value;
          });
        }),
      },
    }),
  };
}

function changed(tensor: Tensor, change: (values: Float32Array) => void): Tensor {
  return {
    ...tensor,
    read: async () => {
      const values = (await tensor.read()).slice();
      change(values);
      return values;
    },
  };
}

function eachLayer(bert: Bert, change: (layer: EncoderLayer) => EncoderLayer): Bert {
  return { ...bert, layers: bert.layers.map(change) };
}

function firstLayer(bert: Bert, change: (layer: EncoderLayer) => EncoderLayer): Bert {
  return { ...bert, layers: bert.layers.map((layer, at) => (at === 0 ? change(layer) : layer)) };
}

function withBias(linear: Linear, change: (bias: Float32Array) => void): Linear {
  return { ...linear, bias: changed(linear.bias, change) };
}

function zeroHead({ weight, bias }: Linear, { hiddenSize, headCount }: Bert): Linear {
  const headSize = hiddenSize / headCount;
  return {
    weight: changed(weight, (values) => values.fill(0, 0, headSize * hiddenSize)),
    bias: changed(bias, (values) => values.fill(0, 0, headSize)),
  };
}

function transposed({ weight, bias }: Linear): Linear {
  const [size] = weight.shape as [number, number];
  return {
    bias,
    weight: changed(weight, (values) => {
      const old = values.slice();
      for (let at = 0; at < values.length; at++)
        values[at] = old[(at % size) * size + Math.floor(at / size)]!;
    }),
  };
}

/** @param rows so many of them, the first ones; all by default */
function scaleRows({ weight, bias }: Linear, rows = Number.POSITIVE_INFINITY): Linear {
  const [, columns] = weight.shape as [number, number];
  return {
    bias,
    weight: changed(weight, (values) => {
      for (let at = 0; at < Math.min(values.length, rows * columns); at++) values[at]! *= ONE_PER_CENT;
    }),
  };
}

function scaleNorm(norm: LayerNorm, count: number): LayerNorm {
  return {
    ...norm,
    weight: changed(norm.weight, (values) => {
      for (let at = 0; at < count; at++) values[at]! *= ONE_PER_CENT;
    }),
  };
}

function withTokenType1(bert: Bert): Bert {
  const { hiddenSize, embeddings } = bert;
  const tokenType = changed(embeddings.tokenType, (values) =>
    values.copyWithin(0, hiddenSize, 2 * hiddenSize),
  );
  return { ...bert, embeddings: { ...embeddings, tokenType } };
}

/** From `first` on every token has the position of the one `by` before it. */
function changePositions(bert: Bert, first: number, by: number): Bert {
  const { hiddenSize, embeddings } = bert;
  const position = changed(embeddings.position, (values) =>
    values.copyWithin((first + by) * hiddenSize, first * hiddenSize),
  );
  return { ...bert, embeddings: { ...embeddings, position } };
}

function setConstant(model: OnnxModel, name: string, value: number): OnnxModel {
  const initializers = model.initializers.map((one) => {
    if (one.name !== name) return one;
    const values = one.type === OnnxType.int64 ? BigInt64Array.of(BigInt(value)) : Float32Array.of(value);
    return { ...one, data: new Uint8Array(values.buffer) };
  });
  return { ...model, initializers };
}

/** Put nodes behind the value that `find` makes; whoever read it reads the last one's output. */
function insertAfter(
  model: OnnxModel,
  find: (node: Node) => boolean,
  make: (value: string) => Node[],
  constants: Initializer[] = [],
): OnnxModel {
  const nodes = model.nodes.flatMap((node) => {
    if (!find(node)) return [node];
    const [output] = node.outputs as [string];
    const before = `${output}.before`;
    const added = make(before);
    const last = added.at(-1)!;
    return [{ ...node, outputs: [before] }, ...added.slice(0, -1), { ...last, outputs: [output] }];
  });
  return { ...model, nodes, initializers: [...model.initializers, ...constants] };
}

function node(op: string, inputs: string[], outputs: string[], attributes: Node["attributes"] = {}): Node {
  return { op, domain: "", inputs, outputs, attributes };
}

function constant(
  name: string,
  values: readonly number[],
  dims: readonly number[] = [values.length],
): Initializer {
  return { name, type: OnnxType.float, dims, data: new Uint8Array(Float32Array.from(values).buffer) };
}

function indices(
  name: string,
  values: readonly number[],
  dims: readonly number[] = [values.length],
): Initializer {
  const data = new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);
  return { name, type: OnnxType.int64, dims, data };
}

/** tanh(√(2/π) · (x + 0.044715 x³)) where the graph has erf(x / √2). */
function tanhGelu(model: OnnxModel): OnnxModel {
  const linear = 2 / Math.sqrt(Math.PI);
  const constants = [constant("tanh.linear", [linear]), constant("tanh.cubic", [2 * 0.044715 * linear])];
  const nodes = model.nodes.flatMap((original) => {
    if (original.op !== "Erf") return [original];
    const [x] = original.inputs as [string];
    const at = (name: string) => `${x}.${name}`;
    return [
      node("Mul", [x, x], [at("square")]),
      node("Mul", [at("square"), "tanh.cubic"], [at("scaled")]),
      node("Add", [at("scaled"), "tanh.linear"], [at("factor")]),
      node("Mul", [at("factor"), x], [at("inner")]),
      { ...original, op: "Tanh", inputs: [at("inner")] },
    ];
  });
  return { ...model, nodes, initializers: [...model.initializers, ...constants] };
}

/** The attention bias, [batch, 1, 1, sequence]. */
function isAttentionBias({ op }: Node): boolean {
  return op === "Unsqueeze";
}

function firstRowsMask(model: OnnxModel): OnnxModel {
  return insertAfter(
    model,
    isAttentionBias,
    (bias) => [node("Gather", [bias, "first.row"], [""], { axis: { int: 0 } })],
    [indices("first.row", [0])],
  );
}

function fewKeys(model: OnnxModel, count: number): OnnxModel {
  const unseen = Array.from({ length: 512 }, (_, at) => (at < count ? 0 : MASKED));
  return insertAfter(
    model,
    isAttentionBias,
    (bias) => [
      node("Shape", [bias], ["keys.shape"], { start: { int: 3 } }),
      node("Slice", ["keys.unseen", "keys.zero", "keys.shape"], ["keys.now"]),
      node("Add", [bias, "keys.now"], [""]),
    ],
    [constant("keys.unseen", unseen), indices("keys.zero", [0])],
  );
}

/** Adds the difference of the two types to every token behind the first `[SEP]`. */
async function tokenType1ForResponse(model: OnnxModel, bert: Bert): Promise<OnnxModel> {
  const { tokenType } = bert.embeddings;
  const types = await tokenType.read();
  const difference = Array.from(
    types.subarray(0, bert.hiddenSize),
    (type0, at) => types[bert.hiddenSize + at]! - type0,
  );
  const positions = model.nodes.find(({ op }) => op === "Slice")!.outputs[0]!;
  return insertAfter(
    model,
    ({ inputs }) => inputs.includes(positions),
    (sum) => [
      node("Equal", ["input_ids", "type.sep"], ["type.isSep"]),
      node("Cast", ["type.isSep"], ["type.seps"], { to: { int: OnnxType.float } }),
      node("CumSum", ["type.seps", "type.axis"], ["type.sepsBefore"], { exclusive: { int: 1 } }),
      node("Min", ["type.sepsBefore", "type.one"], ["type.types"]),
      node("Unsqueeze", ["type.types", "type.axes"], ["type.column"]),
      node("Mul", ["type.column", "type.difference"], ["type.added"]),
      node("Add", [sum, "type.added"], [""]),
    ],
    [
      indices("type.sep", [Number(SEP)], []),
      indices("type.axis", [1], []),
      indices("type.axes", [2]),
      constant("type.one", [1], []),
      constant("type.difference", difference),
    ],
  );
}
