import type { Bert, EncoderLayer, HeadLayer, LayerNorm, Linear } from "./bert";
import type { Tensor } from "./checkpoint";
import { storeAs, storedTensor, transpose } from "./float-weights";
import { foldValueBias } from "./fold-value-bias";
import { GraphBuilder, type Value } from "./graph-builder";
import { encodeOnnx, type OnnxModel, OnnxType } from "./onnx";
import type { Shards } from "./shards";
import type { WeightFormat } from "./weight-format";

/** `fused`: MultiHeadAttention and its kin. `plain`: standard operators only, besides those of the weights. */
export type GraphForm = "fused" | "plain";

/** What is added to the attention scores of padding: exp of it is 0 in fp32, and fp16 still holds it. */
const MASKED = -10_000;

/** The bytes of {@link planBertGraph}'s graph. */
export function buildBertGraph(...plan: Parameters<typeof planBertGraph>): Uint8Array<ArrayBuffer> {
  return encodeOnnx(planBertGraph(...plan));
}

/**
 * The graph of a BERT reward model: `input_ids` and `attention_mask`, int64 [batch, sequence], to
 * `logits`, fp32 [batch, 1].
 *
 * Rows of all pairs run as one matrix [batch · sequence, hidden]. Token type 0 is folded into the
 * position table, and the last layer computes only what `[CLS]` needs.
 */
export function planBertGraph(bert: Bert, format: WeightFormat, form: GraphForm, shards: Shards): OnnxModel {
  return new BertGraph(bert, format, form, shards).build();
}

class BertGraph {
  readonly #bert: Bert;
  readonly #format: WeightFormat;
  readonly #fused: boolean;
  readonly #graph: GraphBuilder;
  readonly #batch: Value;
  readonly #length: Value;
  readonly #hidden: Value;
  readonly #shapes = new Map<string, Value>();

  constructor(bert: Bert, format: WeightFormat, form: GraphForm, shards: Shards) {
    this.#bert = bert;
    this.#format = format;
    this.#fused = form === "fused";
    this.#graph = new GraphBuilder(shards);
    const shape = this.#graph.node("Shape", ["input_ids"]);
    const axis0 = { axis: { int: 0 } };
    this.#batch = this.#graph.node("Gather", [shape, this.#graph.int64("index.0", [0])], axis0);
    this.#length = this.#graph.node("Gather", [shape, this.#graph.int64("index.1", [1])], axis0);
    this.#hidden = this.#graph.int64("dim.hidden", [bert.hiddenSize]);
  }

  build(): OnnxModel {
    const bias = this.#attentionBias();
    let x = this.#embed();
    this.#bert.layers.forEach((layer, index) => {
      const last = index === this.#bert.layers.length - 1;
      const queryRows = last ? this.#clsRows(x) : x;
      x = this.#layer(layer, x, queryRows, last ? "cls" : "all", bias);
    });
    const reward = this.#head(x);
    return {
      name: "reward",
      nodes: [
        ...this.#graph.nodes,
        { op: "Identity", domain: "", inputs: [reward], outputs: ["logits"], attributes: {} },
      ],
      initializers: this.#graph.initializers,
      inputs: ["input_ids", "attention_mask"].map((name) => ({
        name,
        type: OnnxType.int64,
        dims: ["batch", "sequence"],
      })),
      outputs: [{ name: "logits", type: OnnxType.float, dims: ["batch", 1] }],
      opsets: { "": 17, "com.microsoft": 1 },
    };
  }

  /** Rows [batch · sequence, hidden]. */
  #embed(): Value {
    const { word, norm } = this.#bert.embeddings;
    const words = this.#format.embedding(this.#graph, word, "input_ids");
    const zero = this.#graph.int64("index.0", [0]);
    const positions = this.#graph.node("Slice", [this.#positionTable(), zero, this.#length, zero]);
    const sequences = this.#addAndNorm(words, positions, norm);
    return this.#graph.node("Reshape", [sequences, this.#rowsShape()]);
  }

  /** Shape [positions, hidden], with token type 0 added. */
  #positionTable(): Value {
    const { position, tokenType } = this.#bert.embeddings;
    const type = this.#format.activation;
    return this.#graph.weight(`${position.name}+type0`, type, position.shape, async () => {
      const sum = (await position.read()).slice();
      const type0 = (await tokenType.read()).subarray(0, this.#bert.hiddenSize);
      for (let at = 0; at < sum.length; at++) sum[at]! += type0[at % type0.length]!;
      return storeAs(type)(sum, position.name);
    });
  }

  /**
   * 0 where there is a token, a large negative number where there is padding: [batch, 1, 1, sequence].
   *
   * In integers as far as it goes: WebGPU leaves those to the CPU, where the mask is anyway.
   */
  #attentionBias(): Value {
    const absent = this.#graph.node("Sub", ["attention_mask", this.#graph.int64("mask.one", [1])]);
    const bias = this.#graph.node("Mul", [absent, this.#graph.int64("masked", [-MASKED])]);
    const cast = this.#graph.node("Cast", [bias], { to: { int: this.#format.activation } });
    return this.#graph.node("Unsqueeze", [cast, this.#graph.int64("axes.12", [1, 2])]);
  }

  #layer(layer: EncoderLayer, x: Value, queryRows: Value, queries: "all" | "cls", bias: Value): Value {
    const format = this.#attentionFormat(layer);
    const context = this.#attention(layer, x, queryRows, queries, bias);
    const y = this.#linearAndNorm(format, context, foldValueBias(layer), queryRows, layer.attentionNorm);
    const [expanded] = this.#format.linear(this.#graph, y, [layer.intermediate]);
    return this.#linearAndNorm(this.#format, this.#gelu(expanded!), layer.output, y, layer.outputNorm);
  }

  #attention(layer: EncoderLayer, x: Value, queryRows: Value, queries: "all" | "cls", bias: Value): Value {
    const format = this.#attentionFormat(layer);
    // Its bias adds the same to every score of a query: softmax does not see it.
    const key = { weight: layer.key.weight };
    // Its bias is in the output layer.
    const value = { weight: layer.value.weight };
    if (queries === "all") {
      const [q, k, v] = format.linear(this.#graph, x, [layer.query, key, value]);
      return this.#attend(q!, k!, v!, queries, bias);
    }
    const [k, v] = format.linear(this.#graph, x, [key, value]);
    const [q] = format.linear(this.#graph, queryRows, [layer.query]);
    return this.#attend(q!, k!, v!, queries, bias);
  }

  #attentionFormat(layer: EncoderLayer): Pick<WeightFormat, "linear"> {
    const early = this.#bert.layers.indexOf(layer) < this.#bert.layers.length / 2;
    return (early && this.#format.earlyAttention) || this.#format;
  }

  #attend(q: Value, k: Value, v: Value, queries: "all" | "cls", bias: Value): Value {
    return this.#fused
      ? this.#fusedAttention(q, k, v, queries, bias)
      : this.#plainAttention(q, k, v, queries, bias);
  }

  #fusedAttention(q: Value, k: Value, v: Value, queries: "all" | "cls", bias: Value): Value {
    const graph = this.#graph;
    const sequence = this.#concat([this.#batch, this.#length, this.#hidden]);
    const querySequence =
      queries === "all" ? sequence : graph.int64("shape.cls", [-1, 1, this.#bert.hiddenSize]);
    // WebGPU's kernel broadcasts over heads, not over queries.
    const one = graph.int64("index.1", [1]);
    const wide =
      queries === "all" ? graph.node("Expand", [bias, this.#concat([one, one, this.#length, one])]) : bias;
    const inputs = [
      graph.node("Reshape", [q, querySequence]),
      graph.node("Reshape", [k, sequence]),
      graph.node("Reshape", [v, sequence]),
      "",
      "",
      wide,
    ];
    const context = graph.microsoft("MultiHeadAttention", inputs, {
      num_heads: { int: this.#bert.headCount },
    });
    return graph.node("Reshape", [context, this.#rowsShape()]);
  }

  #plainAttention(q: Value, k: Value, v: Value, queries: "all" | "cls", bias: Value): Value {
    const graph = this.#graph;
    const { headCount, hiddenSize } = this.#bert;
    const headSize = hiddenSize / headCount;
    const heads = this.#concat([this.#batch, this.#length, graph.int64("dim.heads", [headCount, headSize])]);
    const queryHeads =
      queries === "all" ? heads : graph.int64("shape.clsHeads", [-1, 1, headCount, headSize]);
    const split = (rows: Value, shape: Value, perm: number[]) =>
      graph.node("Transpose", [graph.node("Reshape", [rows, shape])], { perm: { ints: perm } });
    const products = graph.node("MatMul", [
      split(q, queryHeads, [0, 2, 1, 3]),
      split(k, heads, [0, 2, 3, 1]),
    ]);
    const scaled = graph.node("Mul", [products, this.#scalar("attention.scale", 1 / Math.sqrt(headSize))]);
    const weights = graph.node("Softmax", [graph.node("Add", [scaled, bias])], { axis: { int: -1 } });
    const context = graph.node("MatMul", [weights, split(v, heads, [0, 2, 1, 3])]);
    const merged = graph.node("Transpose", [context], { perm: { ints: [0, 2, 1, 3] } });
    return graph.node("Reshape", [merged, this.#rowsShape()]);
  }

  /** The first row of every pair: [batch, hidden]. */
  #clsRows(rows: Value): Value {
    const sequences = this.#graph.node("Reshape", [
      rows,
      this.#concat([this.#batch, this.#length, this.#hidden]),
    ]);
    const first = this.#graph.constant("index.cls", OnnxType.int64, [], BigInt64Array.of(0n));
    return this.#graph.node("Gather", [sequences, first], { axis: { int: 1 } });
  }

  /** The layer's results and `skip`, summed and normalized; fused, the layer's bias is added in the same pass. */
  #linearAndNorm(
    format: Pick<WeightFormat, "linear">,
    x: Value,
    layer: Linear,
    skip: Value,
    norm: LayerNorm,
  ): Value {
    if (!this.#fused) {
      const [y] = format.linear(this.#graph, x, [layer]);
      return this.#addAndNorm(y!, skip, norm);
    }
    const [y] = format.linear(this.#graph, x, [{ weight: layer.weight }]);
    return this.#skipLayerNorm(y!, skip, norm, layer.bias);
  }

  #addAndNorm(x: Value, skip: Value, norm: LayerNorm): Value {
    return this.#fused
      ? this.#skipLayerNorm(x, skip, norm)
      : this.#layerNorm(this.#graph.node("Add", [x, skip]), norm);
  }

  #skipLayerNorm(x: Value, skip: Value, norm: LayerNorm, bias?: Tensor): Value {
    const inputs = [x, skip, ...this.#normWeights(norm)];
    if (bias) inputs.push(storedTensor(this.#graph, bias, this.#format.activation));
    const epsilon = { float: this.#bert.layerNormEpsilon };
    return this.#graph.microsoft("SkipLayerNormalization", inputs, { epsilon });
  }

  #layerNorm(x: Value, norm: LayerNorm): Value {
    return this.#graph.node("LayerNormalization", [x, ...this.#normWeights(norm)], {
      axis: { int: -1 },
      epsilon: { float: this.#bert.layerNormEpsilon },
    });
  }

  #normWeights({ weight, bias }: LayerNorm): Value[] {
    return [weight, bias].map((tensor) => storedTensor(this.#graph, tensor, this.#format.activation));
  }

  /** The exact Gelu, x · (1 + erf(x / √2)) / 2. */
  #gelu(x: Value): Value {
    if (this.#fused) return this.#graph.microsoft("Gelu", [x]);
    const scaled = this.#graph.node("Mul", [x, this.#scalar("gelu.scale", Math.SQRT1_2)]);
    const grown = this.#graph.node("Add", [this.#graph.node("Erf", [scaled]), this.#scalar("gelu.one", 1)]);
    return this.#graph.node("Mul", [this.#graph.node("Mul", [x, grown]), this.#scalar("gelu.half", 0.5)]);
  }

  /** Always in fp32: it is small, and the reward's last digits are made here. */
  #head(cls: Value): Value {
    const float = { to: { int: OnnxType.float } };
    const start = this.#format.activation === OnnxType.float ? cls : this.#graph.node("Cast", [cls], float);
    return this.#bert.head.reduce((x, layer) => this.#headLayer(x, layer), start);
  }

  #headLayer(x: Value, { weight, bias, activation }: HeadLayer): Value {
    const [outputs, inputs] = weight.shape as [number, number];
    const read = async () => transpose(await weight.read(), outputs, inputs);
    const w = this.#graph.weight(weight.name, OnnxType.float, [inputs, outputs], read);
    const y = this.#graph.node("Gemm", [x, w, storedTensor(this.#graph, bias, OnnxType.float)]);
    if (!activation) return y;
    return this.#graph.node(activation === "relu" ? "Relu" : "Tanh", [y]);
  }

  /** A constant of the activations' type. */
  #scalar(name: string, value: number): Value {
    const type = this.#format.activation;
    return this.#graph.constant(name, type, [], storeAs(type)(Float32Array.of(value), name));
  }

  #rowsShape(): Value {
    return this.#graph.int64("shape.rows", [-1, this.#bert.hiddenSize]);
  }

  /** One shape from dimensions; made once however often it is asked for. */
  #concat(dims: readonly Value[]): Value {
    const key = dims.join();
    const known = this.#shapes.get(key);
    if (known) return known;
    const shape = this.#graph.node("Concat", dims, { axis: { int: 0 } });
    this.#shapes.set(key, shape);
    return shape;
  }
}
