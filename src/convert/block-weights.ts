import { ScorerError } from "../shared/errors";
import type { Product } from "./bert";
import type { Tensor } from "./checkpoint";
import { storeAs, storedTensor } from "./float-weights";
import type { GraphBuilder, Value } from "./graph-builder";
import { runJoined } from "./joined-products";
import { OnnxType } from "./onnx";
import { quantizeBlocks } from "./quantize";
import { type ColumnSlice, lookUpInSlices, takeColumns, type WeightFormat } from "./weight-format";

/** Weights per scale in matrix products: the one size every WebGPU kernel of MatMulNBits takes. */
const LINEAR_BLOCK = 32;

/** GatherBlockQuantized takes powers of two from 16 up; one scale per 128 values costs 3 %. */
const MIN_EMBEDDING_BLOCK = 16;
const MAX_EMBEDDING_BLOCK = 128;

/** MatMulNBits' `accuracy_level` that keeps activations in floating point. */
const FLOAT_ACTIVATIONS = 1;

/** Weights in 8 or 4 bits, activations in floating point: runs on WebGPU, and natively without saturation. */
export function blockWeights(bits: 4 | 8, type: WeightFormat["activation"]): WeightFormat {
  return {
    activation: type,
    embedding: (graph, table, ids) =>
      lookUpInSlices(graph, table, 1, (slice) => gatherBlocks(graph, table, ids, type, slice)),
    linear: (graph, x, layers) =>
      runJoined(graph, layers, (layer) => blockProduct(graph, x, layer, bits, type)),
  };
}

function blockProduct(
  graph: GraphBuilder,
  x: Value,
  { weight, bias }: Product,
  bits: 4 | 8,
  type: WeightFormat["activation"],
): Value {
  const [outputs, inputs] = weight.shape as [number, number];
  const blocks = Math.ceil(inputs / LINEAR_BLOCK);
  const blockBytes = (LINEAR_BLOCK * bits) / 8;
  const once = quantizeOnce(async () => quantizeBlocks(await weight.read(), inputs, LINEAR_BLOCK, bits));
  const values = graph.weight(
    `${weight.name}.values`,
    OnnxType.uint8,
    [outputs, blocks, blockBytes],
    once.values,
  );
  const scales = graph.weight(`${weight.name}.scales`, type, [outputs * blocks], async () =>
    storeAs(type)(await once.scales(), weight.name),
  );
  const operands = [x, values, scales, ...(bias ? ["", "", storedTensor(graph, bias, type)] : [])];
  return graph.microsoft("MatMulNBits", operands, {
    K: { int: inputs },
    N: { int: outputs },
    bits: { int: bits },
    block_size: { int: LINEAR_BLOCK },
    accuracy_level: { int: FLOAT_ACTIVATIONS },
  });
}

/** Columns of an 8-bit table, dequantized row by row as they are read. */
function gatherBlocks(
  graph: GraphBuilder,
  table: Tensor,
  ids: Value,
  type: WeightFormat["activation"],
  slice: ColumnSlice,
): Value {
  const { name, rows, blocks, blockSize, once } = embeddingBlocks(table, slice);
  const values = graph.weight(`${name}.values`, OnnxType.uint8, [rows, slice.width], once.values);
  const scales = graph.weight(`${name}.scales`, type, [rows, blocks], async () =>
    storeAs(type)(await once.scales(), table.name),
  );
  return graph.microsoft("GatherBlockQuantized", [values, ids, scales], {
    bits: { int: 8 },
    block_size: { int: blockSize },
    gather_axis: { int: 0 },
    quantize_axis: { int: 1 },
  });
}

/** Columns of an embedding table in 8-bit blocks, and the name of their weights. */
export function embeddingBlocks(table: Tensor, { offset, width }: ColumnSlice) {
  const [rows, columns] = table.shape as [number, number];
  const blockSize = embeddingBlock(width);
  const once = quantizeOnce(async () =>
    quantizeBlocks(takeColumns(await table.read(), columns, offset, width), width, blockSize, 8),
  );
  return { name: `${table.name}[${offset}]`, rows, blocks: width / blockSize, blockSize, once };
}

/** The largest power of two that divides the row. */
function embeddingBlock(columns: number): number {
  let size = MAX_EMBEDDING_BLOCK;
  while (columns % size !== 0) size /= 2;
  if (size < MIN_EMBEDDING_BLOCK) {
    throw new ScorerError(
      "unsupported-architecture",
      `hidden size: expected a multiple of ${MIN_EMBEDDING_BLOCK}, got ${columns}`,
    );
  }
  return size;
}

/** Values and scales are written one after the other: quantize when the first is asked for, keep only the scales. */
export function quantizeOnce<T extends { values: ArrayBufferView; scales: Float32Array }>(
  quantize: () => Promise<T>,
) {
  let scales: Float32Array | undefined;
  return {
    values: async (): Promise<T["values"]> => {
      const quantized = await quantize();
      scales = quantized.scales;
      return quantized.values;
    },
    scales: async (): Promise<Float32Array> => scales ?? (await quantize()).scales,
  };
}
