import type { Tensors } from "../src/convert/checkpoint";

const FLOATS = ["F32", "F16", "BF16"];

/** A tensor with its values. */
export interface ReadTensor {
  name: string;
  shape: readonly number[];
  dtype: string;
  /** Undefined for integers, which no model is made of. */
  values: Float32Array | undefined;
}

/** Reads every tensor, as a conversion would. */
export async function readAll(tensors: Tensors): Promise<ReadTensor[]> {
  const all: ReadTensor[] = [];
  for (const [name, tensor] of tensors) {
    all.push({
      name,
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: FLOATS.includes(tensor.dtype) ? await tensor.read() : undefined,
    });
  }
  return all;
}
