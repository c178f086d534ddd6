import type { Product } from "./bert";
import { embeddingBlocks, quantizeOnce } from "./block-weights";
import type { Tensor } from "./checkpoint";
import { storedTensor } from "./float-weights";
import type { GraphBuilder, Value } from "./graph-builder";
import { OnnxType } from "./onnx";
import { quantizeColumns } from "./quantize";
import { type ColumnSlice, lookUpInSlices, type WeightFormat } from "./weight-format";

/** The middle of uint8, so that activations are symmetric. */
const ZERO_POINT = 128;

/** Keeps the scale of a row of zeros off zero. */
const SMALLEST_SCALE = 1e-12;

/**
 * int8 weights with a scale per output channel, uint8 activations with a scale per token: the CPU's
 * integer kernels. One scale for a whole batch would be cheaper, but then a row's reward would depend
 * on what it is batched with.
 */
export const int8Weights: WeightFormat = {
  activation: OnnxType.float,
  embedding: (graph, table, ids) =>
    lookUpInSlices(graph, table, 1, (slice) => gatherIntegers(graph, table, ids, slice)),
  linear(graph, x, layers) {
    const quantized = quantizeRows(graph, x);
    return layers.map((layer) => integerProduct(graph, quantized, layer));
  },
};

/**
 * Columns of an 8-bit table, looked up as integers and multiplied by their blocks' scales after that:
 * GatherBlockQuantized gives the same and takes several times as long on WASM (docs/speed.md).
 */
function gatherIntegers(graph: GraphBuilder, table: Tensor, ids: Value, slice: ColumnSlice): Value {
  const { name, rows, blocks, blockSize, once } = embeddingBlocks(table, slice);
  const values = graph.weight(`${name}.values`, OnnxType.uint8, [rows, blocks, blockSize], once.values);
  const scales = graph.weight(`${name}.scales`, OnnxType.float, [rows, blocks, 1], once.scales);
  const integers = graph.node("Cast", [graph.node("Gather", [values, ids])], { to: { int: OnnxType.float } });
  const centered = graph.node("Sub", [integers, graph.float("int8.center", ZERO_POINT)]);
  const scaled = graph.node("Mul", [centered, graph.node("Gather", [scales, ids])]);
  return graph.node("Reshape", [scaled, graph.int64(`${name}.shape`, [0, 0, slice.width])]);
}

interface QuantizedRows {
  /** uint8 [rows, in]. */
  values: Value;
  /** fp32 [rows, 1]. */
  scales: Value;
}

function quantizeRows(graph: GraphBuilder, x: Value): QuantizedRows {
  const largest = graph.node("ReduceMax", [graph.node("Abs", [x])], {
    axes: { ints: [1] },
    keepdims: { int: 1 },
  });
  const scaled = graph.node("Mul", [largest, graph.float("int8.step", 1 / 127)]);
  const scales = graph.node("Max", [scaled, graph.float("int8.smallest", SMALLEST_SCALE)]);
  const flat = graph.node("Reshape", [scales, graph.int64("int8.flat", [-1])]);
  const zeroPoint = graph.constant("int8.zero", OnnxType.uint8, [1], Uint8Array.of(ZERO_POINT));
  const zeroPoints = graph.node("Expand", [zeroPoint, graph.node("Shape", [flat])]);
  const values = graph.node("QuantizeLinear", [x, flat, zeroPoints], { axis: { int: 0 } });
  return { values, scales };
}

function integerProduct(graph: GraphBuilder, rows: QuantizedRows, { weight, bias }: Product): Value {
  const [outputs, inputs] = weight.shape as [number, number];
  const once = quantizeOnce(async () => quantizeColumns(await weight.read(), outputs, inputs));
  const values = graph.weight(`${weight.name}.values`, OnnxType.int8, [inputs, outputs], once.values);
  const scales = graph.weight(`${weight.name}.scales`, OnnxType.float, [outputs], once.scales);
  const zeroPoint = graph.constant("int8.scalarZero", OnnxType.uint8, [], Uint8Array.of(ZERO_POINT));
  const product = graph.microsoft("MatMulIntegerToFloat", [
    rows.values,
    values,
    rows.scales,
    scales,
    zeroPoint,
  ]);
  if (!bias) return product;
  // Not the operator's own bias: it is added before the rows are scaled.
  return graph.node("Add", [product, storedTensor(graph, bias, OnnxType.float)]);
}
