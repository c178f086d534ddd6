import type { Product } from "./bert";
import type { Tensor } from "./checkpoint";
import type { GraphBuilder, Value } from "./graph-builder";
import type { OnnxType } from "./onnx";
import { MAX_SHARD_BYTES } from "./shards";

/** How one artifact stores its big weights, and the nodes that use them. */
export interface WeightFormat {
  /** Element type of the values that flow through the encoder. */
  activation: typeof OnnxType.float | typeof OnnxType.float16;
  /** Rows of an embedding table: token ids of any shape to `[…ids, hidden]`. */
  embedding(graph: GraphBuilder, table: Tensor, ids: Value): Value;
  /**
   * One or more linear layers over the same input.
   *
   * @param x shape [rows, in]
   * @returns one value of shape [rows, out] per layer
   */
  linear(graph: GraphBuilder, x: Value, layers: readonly Product[]): Value[];
  /** For the attention of the first half of the layers, which bears rounding worst; as all others where it is left out. */
  earlyAttention?: Pick<WeightFormat, "linear">;
}

/** Columns `[offset, offset + width)` of a table. */
export interface ColumnSlice {
  offset: number;
  width: number;
}

/** Rows of a table that may be larger than a shard: looked up in the fewest equal slices of columns, joined again. */
export function lookUpInSlices(
  graph: GraphBuilder,
  table: Tensor,
  bytesPerValue: number,
  lookUp: (slice: ColumnSlice) => Value,
): Value {
  const slices = columnSlices(table, bytesPerValue).map(lookUp);
  return slices.length === 1 ? slices[0]! : graph.node("Concat", slices, { axis: { int: -1 } });
}

function columnSlices(table: Tensor, bytesPerValue: number): ColumnSlice[] {
  const [rows, columns] = table.shape as [number, number];
  let count = Math.ceil((rows * columns * bytesPerValue) / MAX_SHARD_BYTES);
  while (columns % count !== 0) count++;
  const width = columns / count;
  return Array.from({ length: count }, (_, index) => ({ offset: index * width, width }));
}

/** Columns `[offset, offset + width)` of a row-major table. */
export function takeColumns(
  values: Float32Array,
  columns: number,
  offset: number,
  width: number,
): Float32Array {
  if (width === columns) return values;
  const rows = values.length / columns;
  const slice = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const start = row * columns + offset;
    slice.set(values.subarray(start, start + width), row * width);
  }
  return slice;
}
