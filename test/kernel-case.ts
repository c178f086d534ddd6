/** A float32 tensor, row-major. */
export interface TensorData {
  dims: readonly number[];
  data: Float32Array<ArrayBuffer>;
}

/** A graph of one operator from `inputs` to `output`, and what the operator is defined to give. */
export interface KernelCase {
  graph: Uint8Array<ArrayBuffer>;
  inputs: Readonly<Record<string, TensorData>>;
  expected: Float64Array;
}

/** Largest difference as a share of the largest number expected; infinite where there is no number. */
export function kernelError({ expected }: KernelCase, found: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = expected.reduce((most, value, at) => {
    const error = Math.abs(value - found[at]!);
    return Math.max(most, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }, 0);
  return worst / largest;
}

/** Numbers in [-1, 1), the same on every machine. A linear congruential generator. */
export function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
