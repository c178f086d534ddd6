import { encodeOnnx, OnnxType } from "../src/convert/onnx";
import { type KernelCase, pseudoRandom, sizeOf, type TensorData } from "./kernel-case";

/** One call of com.microsoft.MatMulNBits as the `w8` graphs make it: 8 bits, blocks of 32, fp32 activations. */
export interface MatMulNBitsShape {
  op: "MatMulNBits";
  rows: number;
  columns: number;
  outputs: number;
}

const BLOCK = 32;
const ZERO_POINT = 128;

/** Weights from 0 to 255, each block with a scale of its own. */
export function matMulNBitsCase({ rows, columns, outputs }: MatMulNBitsShape): KernelCase {
  const next = pseudoRandom(1);
  const blocks = columns / BLOCK;
  const weights = Uint8Array.from({ length: outputs * columns }, () => ZERO_POINT + Math.floor(127 * next()));
  const scales = new Float32Array(outputs * blocks).map(() => (2 + next()) / 127);
  const x: TensorData = { dims: [rows, columns], data: new Float32Array(rows * columns).map(next) };
  const expected = new Float64Array(sizeOf([rows, outputs]));
  for (let at = 0; at < expected.length; at++) {
    const row = Math.floor(at / outputs);
    const output = at % outputs;
    for (let column = 0; column < columns; column++) {
      const scale = scales[output * blocks + Math.floor(column / BLOCK)]!;
      const weight = (weights[output * columns + column]! - ZERO_POINT) * scale;
      expected[at]! += x.data[row * columns + column]! * weight;
    }
  }
  const values = { name: "values", type: OnnxType.uint8, dims: [outputs, blocks, BLOCK], data: weights };
  const scaleBytes = new Uint8Array(scales.buffer);
  return {
    graph: encodeOnnx({
      name: "product",
      nodes: [
        {
          op: "MatMulNBits",
          domain: "com.microsoft",
          inputs: ["x", "values", "scales"],
          outputs: ["output"],
          attributes: {
            K: { int: columns },
            N: { int: outputs },
            bits: { int: 8 },
            block_size: { int: BLOCK },
            accuracy_level: { int: 1 },
          },
        },
      ],
      initializers: [
        values,
        { name: "scales", type: OnnxType.float, dims: [outputs * blocks], data: scaleBytes },
      ],
      inputs: [{ name: "x", type: OnnxType.float, dims: x.dims }],
      outputs: [{ name: "output", type: OnnxType.float, dims: [rows, outputs] }],
      opsets: { "": 17, "com.microsoft": 1 },
    }),
    inputs: { x },
    expected,
  };
}
