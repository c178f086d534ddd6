import type { Bert, HeadLayer, LayerNorm, Linear } from "../../src/convert/bert";
import type { Tensor } from "../../src/convert/checkpoint";
import { storeAs, transpose } from "../../src/convert/float-weights";
import { GraphBuilder, type Value } from "../../src/convert/graph-builder";
import { encodeOnnx, OnnxType } from "../../src/convert/onnx";
import { Shards } from "../../src/convert/shards";
import type { ExportFormat } from "./export-formats";

/** Exporters add about this to the scores of padding. */
const MASKED = -10_000;

/**
 * A BERT as exporters write it, weights in the file: sequences [batch, sequence, hidden] through the
 * whole of every layer, attention, Gelu and linear layers in ONNX's own operators one by one.
 */
export async function exportBert(bert: Bert, format: ExportFormat): Promise<Uint8Array> {
  const shards = new Shards("inline");
  const graph = new ExportedGraph(bert, format, new GraphBuilder(shards)).build();
  const files = new Map<string, Buffer>();
  for (const name of shards.names) {
    const parts: Uint8Array[] = [];
    for await (const part of shards.read(name)) parts.push(part);
    files.set(name, Buffer.concat(parts));
  }
  const initializers = graph.initializers.map((initializer) => {
    const { data } = initializer;
    if (data instanceof Uint8Array) return initializer;
    const { location, offset, length } = data;
    return { ...initializer, data: files.get(location)!.subarray(offset, offset + length) };
  });
  const dims = ["batch", "sequence"];
  return encodeOnnx({
    name: "exported",
    nodes: graph.nodes,
    initializers,
    inputs: ["input_ids", "attention_mask"].map((name) => ({ name, type: OnnxType.int64, dims })),
    outputs: [{ name: "logits", type: OnnxType.float, dims: ["batch", 1] }],
    opsets: { "": 17 },
  });
}

class ExportedGraph {
  constructor(
    private readonly bert: Bert,
    private readonly format: ExportFormat,
    private readonly graph: GraphBuilder,
  ) {}

  build(): GraphBuilder {
    const { graph, bert } = this;
    const bias = this.#attentionBias();
    let x = this.#embed();
    for (const layer of bert.layers) {
      const context = this.#attention(this.#linear(x, layer.query), this.#linear(x, layer.key), [
        this.#linear(x, layer.value),
        bias,
      ]);
      const attended = graph.node("Add", [this.#linear(context, layer.attentionOutput), x]);
      const y = this.#norm(attended, layer.attentionNorm);
      const expanded = this.#gelu(this.#linear(y, layer.intermediate));
      x = this.#norm(graph.node("Add", [this.#linear(expanded, layer.output), y]), layer.outputNorm);
    }
    const first = graph.constant("index.cls", OnnxType.int64, [], BigInt64Array.of(0n));
    const cls = graph.node("Gather", [x, first], { axis: { int: 1 } });
    const reward = bert.head.reduce((y, layer) => this.#headLayer(y, layer), cls);
    const logits = graph.node("Cast", [reward], { to: { int: OnnxType.float } });
    graph.nodes.push({ op: "Identity", domain: "", inputs: [logits], outputs: ["logits"], attributes: {} });
    return graph;
  }

  #embed(): Value {
    const { graph, format } = this;
    const { word, position, tokenType, norm } = this.bert.embeddings;
    const shape = graph.node("Shape", ["input_ids"]);
    const axis0 = { axis: { int: 0 } };
    const length = graph.node("Gather", [shape, graph.int64("index.1", [1])], axis0);
    const zero = graph.int64("index.0", [0]);
    const positions = Array.from({ length: this.bert.positionCount }, (_, at) => at);
    const ids = graph.node("Slice", [graph.int64("positions", positions), zero, length, zero]);
    const types = graph.node("Sub", ["input_ids", "input_ids"]); // all of type 0
    const sum = graph.node("Add", [
      format.embedding(graph, word, "input_ids"),
      format.embedding(graph, tokenType, types),
    ]);
    return this.#norm(graph.node("Add", [sum, format.embedding(graph, position, ids)]), norm);
  }

  #attentionBias(): Value {
    const { graph } = this;
    const wide = graph.node("Unsqueeze", ["attention_mask", graph.int64("axes.12", [1, 2])]);
    const mask = graph.node("Cast", [wide], { to: { int: this.format.activation } });
    const absent = graph.node("Sub", [this.#scalar("one", 1), mask]);
    return graph.node("Mul", [absent, this.#scalar("masked", MASKED)]);
  }

  #attention(q: Value, k: Value, [v, bias]: [v: Value, bias: Value]): Value {
    const { graph } = this;
    const { headCount, hiddenSize } = this.bert;
    const heads = graph.int64("shape.heads", [0, 0, headCount, hiddenSize / headCount]);
    const split = (x: Value, perm: number[]) =>
      graph.node("Transpose", [graph.node("Reshape", [x, heads])], { perm: { ints: perm } });
    const products = graph.node("MatMul", [split(q, [0, 2, 1, 3]), split(k, [0, 2, 3, 1])]);
    const scale = this.#scalar("attention.scale", Math.sqrt(hiddenSize / headCount));
    const scores = graph.node("Add", [graph.node("Div", [products, scale]), bias]);
    const weights = graph.node("Softmax", [scores], { axis: { int: -1 } });
    const context = graph.node("MatMul", [weights, split(v, [0, 2, 1, 3])]);
    const merged = graph.node("Transpose", [context], { perm: { ints: [0, 2, 1, 3] } });
    return graph.node("Reshape", [merged, graph.int64("shape.hidden", [0, 0, hiddenSize])]);
  }

  #linear(x: Value, { weight, bias }: Linear): Value {
    const product = this.format.product(this.graph, x, weight);
    return this.graph.node("Add", [product, this.#vector(bias)]);
  }

  #gelu(x: Value): Value {
    const { graph } = this;
    const erf = graph.node("Erf", [graph.node("Div", [x, this.#scalar("gelu.scale", Math.SQRT2)])]);
    const product = graph.node("Mul", [x, graph.node("Add", [erf, this.#scalar("one", 1)])]);
    return graph.node("Mul", [product, this.#scalar("gelu.half", 0.5)]);
  }

  #norm(x: Value, { weight, bias }: LayerNorm): Value {
    return this.graph.node("LayerNormalization", [x, this.#vector(weight), this.#vector(bias)], {
      axis: { int: -1 },
      epsilon: { float: this.bert.layerNormEpsilon },
    });
  }

  /** On rows, so exporters write Gemm, and quantize_dynamic leaves that as it is. */
  #headLayer(x: Value, { weight, bias, activation }: HeadLayer): Value {
    const [outputs, inputs] = weight.shape as [number, number];
    const store = storeAs(this.format.activation);
    const read = async () => store(transpose(await weight.read(), outputs, inputs), weight.name);
    const w = this.graph.weight(weight.name, this.format.activation, [inputs, outputs], read);
    const y = this.graph.node("Gemm", [x, w, this.#vector(bias)]);
    return activation ? this.graph.node(activation === "relu" ? "Relu" : "Tanh", [y]) : y;
  }

  #vector(tensor: Tensor): Value {
    const store = storeAs(this.format.activation);
    const read = async () => store(await tensor.read(), tensor.name);
    return this.graph.weight(tensor.name, this.format.activation, tensor.shape, read);
  }

  #scalar(name: string, value: number): Value {
    const type = this.format.activation;
    return this.graph.constant(name, type, [], storeAs(type)(Float32Array.of(value), name));
  }
}
