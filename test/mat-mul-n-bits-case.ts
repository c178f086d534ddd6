import { encodeOnnx, OnnxType } from "../src/convert/onnx";
import { packNibbles } from "../src/convert/quantize";
import { type KernelCase, pseudoRandom, sizeOf, type TensorData } from "./kernel-case";

/** One call of com.microsoft.MatMulNBits as our graphs make it: blocks of 32, here with fp32 activations. */
export interface MatMulNBitsShape {
  op: "MatMulNBits";
  rows: number;
  columns: number;
  outputs: number;
  bits: 4 | 8;
}

const BLOCK = 32;

/** Weights over the whole range, each block with a scale of its own; those of 4 bits have both signs. */
export function matMulNBitsCase({ rows, columns, outputs, bits }: MatMulNBitsShape): KernelCase {
  const zeroPoint = 2 ** (bits - 1);
  const next = pseudoRandom(1);
  const blocks = columns / BLOCK;
  const weights = Uint8Array.from(
    { length: outputs * columns },
    () => zeroPoint + Math.floor((zeroPoint - 1) * next()),
  );
  const scales = new Float32Array(outputs * blocks).map((_, at) => {
    const sign = bits === 4 && at % 2 === 1 ? -1 : 1;
    return (sign * (2 + next())) / (zeroPoint - 1);
  });
  const x: TensorData = { dims: [rows, columns], data: new Float32Array(rows * columns).map(next) };
  const expected = new Float64Array(sizeOf([rows, outputs]));
  for (let at = 0; at < expected.length; at++) {
    const row = Math.floor(at / outputs);
    const output = at % outputs;
    for (let column = 0; column < columns; column++) {
      const scale = scales[output * blocks + Math.floor(column / BLOCK)]!;
      const weight = (weights[output * columns + column]! - zeroPoint) * scale;
      expected[at]! += x.data[row * columns + column]! * weight;
    }
  }
  const data = bits === 4 ? packNibbles(weights) : weights;
  const dims = [outputs, blocks, (BLOCK * bits) / 8];
  const values = { name: "values", type: OnnxType.uint8, dims, data };
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
            bits: { int: bits },
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
