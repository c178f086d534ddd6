import { ScorerError } from "../shared/errors";
import type { Product } from "./bert";
import type { Tensor } from "./checkpoint";
import type { GraphBuilder, Value } from "./graph-builder";
import { float32ToFloat16 } from "./half";
import { runJoined } from "./joined-products";
import { ONNX_TYPE_BYTES, OnnxType } from "./onnx";
import { lookUpInSlices, takeColumns, type WeightFormat } from "./weight-format";

/** Weights as they are, in fp32 or rounded to fp16. */
export function floatWeights(type: WeightFormat["activation"]): WeightFormat {
  const store = storeAs(type);
  return {
    activation: type,
    embedding(graph, table, ids) {
      const [rows, columns] = table.shape as [number, number];
      return lookUpInSlices(graph, table, ONNX_TYPE_BYTES[type], ({ offset, width }) => {
        const read = async () => store(takeColumns(await table.read(), columns, offset, width), table.name);
        const weight = graph.weight(`${table.name}[${offset}]`, type, [rows, width], read);
        return graph.node("Gather", [weight, ids], { axis: { int: 0 } });
      });
    },
    linear: (graph, x, layers) => runJoined(graph, layers, (layer) => gemm(graph, x, layer, type)),
  };
}

function gemm(
  graph: GraphBuilder,
  x: Value,
  { weight, bias }: Product,
  type: WeightFormat["activation"],
): Value {
  const store = storeAs(type);
  const [outputs, inputs] = weight.shape as [number, number];
  const read = async () => store(transpose(await weight.read(), outputs, inputs), weight.name);
  const w = graph.weight(weight.name, type, [inputs, outputs], read);
  return graph.node("Gemm", bias ? [x, w, storedTensor(graph, bias, type)] : [x, w]);
}

/** A tensor as it is, in fp32 or rounded to fp16. */
export function storedTensor(graph: GraphBuilder, tensor: Tensor, type: WeightFormat["activation"]): Value {
  return graph.weight(tensor.name, type, tensor.shape, async () =>
    storeAs(type)(await tensor.read(), tensor.name),
  );
}

/** Conversion of fp32 values to `type`, refusing what does not fit. */
export function storeAs(
  type: WeightFormat["activation"],
): (values: Float32Array, name: string) => ArrayBufferView {
  return type === OnnxType.float ? (values) => values : toFloat16;
}

function toFloat16(values: Float32Array, name: string): Uint16Array {
  const tooLarge = values.find((value) => Math.abs(value) > MAX_FLOAT16);
  if (tooLarge !== undefined) {
    throw new ScorerError(
      "unsupported-dtype",
      `tensor "${name}": ${tooLarge} does not fit fp16, which ends at ${MAX_FLOAT16}`,
    );
  }
  return float32ToFloat16(values);
}

/** Shape [rows, columns] to [columns, rows]. */
export function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = values[row * columns + column]!;
    }
  }
  return turned;
}

const MAX_FLOAT16 = 65504;
