import type { Tensor } from "../../src/convert/checkpoint";
import { storeAs, transpose } from "../../src/convert/float-weights";
import type { GraphBuilder, Value } from "../../src/convert/graph-builder";
import { OnnxType } from "../../src/convert/onnx";

/** How an exported graph stores its matrices, and the nodes that use them. */
export interface ExportFormat {
  activation: typeof OnnxType.float | typeof OnnxType.float16;
  embedding(graph: GraphBuilder, table: Tensor, ids: Value): Value;
  /** x · weightᵀ, without a bias. */
  product(graph: GraphBuilder, x: Value, weight: Tensor): Value;
}

/** The file names and formats that transformers.js knows by dtype. */
export const EXPORT_FORMATS: Record<"fp32" | "fp16" | "q8", { file: string; format: ExportFormat }> = {
  fp32: { file: "model.onnx", format: floatExport(OnnxType.float) },
  fp16: { file: "model_fp16.onnx", format: floatExport(OnnxType.float16) },
  q8: { file: "model_quantized.onnx", format: dynamicExport() },
};

function floatExport(type: ExportFormat["activation"]): ExportFormat {
  const store = storeAs(type);
  return {
    activation: type,
    embedding(graph, table, ids) {
      const read = async () => store(await table.read(), table.name);
      return graph.node("Gather", [graph.weight(table.name, type, table.shape, read), ids]);
    },
    product(graph, x, weight) {
      const [outputs, inputs] = weight.shape as [number, number];
      const read = async () => store(transpose(await weight.read(), outputs, inputs), weight.name);
      return graph.node("MatMul", [x, graph.weight(weight.name, type, [inputs, outputs], read)]);
    },
  };
}

/** As onnxruntime's `quantize_dynamic` does by default: int8, one scale for a tensor, activations uint8. */
function dynamicExport(): ExportFormat {
  const zero = (graph: GraphBuilder) => graph.constant("q8.zero", OnnxType.int8, [], Int8Array.of(0));
  const quantized = (graph: GraphBuilder, tensor: Tensor, turned: boolean) => {
    const [rows, columns] = tensor.shape as [number, number];
    const read = async () => {
      const values = await tensor.read();
      return turned ? transpose(values, rows, columns) : values;
    };
    const dims = turned ? [columns, rows] : [rows, columns];
    const values = graph.weight(`${tensor.name}_quantized`, OnnxType.int8, dims, async () =>
      toInt8(await read()),
    );
    const scale = graph.weight(`${tensor.name}_scale`, OnnxType.float, [], async () =>
      Float32Array.of(scaleOf(await tensor.read())),
    );
    return { values, scale };
  };
  return {
    activation: OnnxType.float,
    embedding(graph, table, ids) {
      const { values, scale } = quantized(graph, table, false);
      return graph.node("DequantizeLinear", [graph.node("Gather", [values, ids]), scale, zero(graph)]);
    },
    product(graph, x, weight) {
      const { values, scale } = quantized(graph, weight, true);
      const input = [`${x}_quantized`, `${x}_scale`, `${x}_zero_point`] as const;
      // Layers over the same input share its quantization.
      if (!graph.nodes.some(({ outputs }) => outputs.includes(input[0]))) {
        graph.nodes.push({
          op: "DynamicQuantizeLinear",
          domain: "",
          inputs: [x],
          outputs: input,
          attributes: {},
        });
      }
      const product = graph.node("MatMulInteger", [input[0], values, input[2], zero(graph)]);
      const cast = graph.node("Cast", [product], { to: { int: OnnxType.float } });
      return graph.node("Mul", [cast, graph.node("Mul", [input[1], scale])]);
    },
  };
}

function scaleOf(values: Float32Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return Math.fround(largest / 127) || 1;
}

function toInt8(values: Float32Array): Int8Array {
  const scale = scaleOf(values);
  return Int8Array.from(values, (value) => Math.round(value / scale));
}
