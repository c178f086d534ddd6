/** Largest magnitude of a symmetric 8-bit value; −128 stays unused so that the range is symmetric. */
const INT8_MAX = 127;

export interface Int8Columns {
  /** Shape [in, out]: transposed, as ONNX Runtime's integer matrix products want it. */
  values: Int8Array;
  /** Shape [out]. */
  scales: Float32Array;
}

/**
 * Symmetric int8 with one scale per output channel.
 *
 * @param weight shape [out, in], row-major
 */
export function quantizeColumns(weight: Float32Array, outputs: number, inputs: number): Int8Columns {
  const values = new Int8Array(weight.length);
  const scales = new Float32Array(outputs);
  for (let row = 0; row < outputs; row++) {
    const start = row * inputs;
    const scale = scaleOf(weight, start, start + inputs, INT8_MAX);
    scales[row] = scale;
    for (let column = 0; column < inputs; column++) {
      values[column * outputs + row] = Math.round(weight[start + column]! / scale);
    }
  }
  return { values, scales };
}

export interface Blocks {
  /** Unsigned, zero point in the middle; 4-bit values two to a byte, the first in the low half. */
  values: Uint8Array;
  /** One per block; negative ones among those of 4 bits. */
  scales: Float32Array;
}

/**
 * Symmetric 8- or 4-bit in blocks along the rows; a last, shorter block is filled with zeros.
 *
 * @param weight shape [rows, columns], row-major
 * @returns values of shape [rows, blocks, blockSize · bits / 8], scales of shape [rows, blocks]
 */
export function quantizeBlocks(
  weight: Float32Array,
  columns: number,
  blockSize: number,
  bits: 4 | 8,
): Blocks {
  const rows = weight.length / columns;
  const blocksPerRow = Math.ceil(columns / blockSize);
  const zeroPoint = 2 ** (bits - 1);
  const integers = new Uint8Array(rows * blocksPerRow * blockSize).fill(zeroPoint);
  const scales = new Float32Array(rows * blocksPerRow);
  for (let block = 0; block < scales.length; block++) {
    const row = Math.floor(block / blocksPerRow);
    const start = row * columns + (block % blocksPerRow) * blockSize;
    const end = Math.min(start + blockSize, (row + 1) * columns);
    const scale = bits === 8 ? scaleOf(weight, start, end, INT8_MAX) : bestScale4(weight, start, end);
    scales[block] = scale;
    const to = block * blockSize - start;
    for (let at = start; at < end; at++)
      integers[at + to] = clamp(Math.round(weight[at]! / scale), zeroPoint) + zeroPoint;
  }
  return { values: bits === 4 ? packNibbles(integers) : integers, scales };
}

/** The step that puts the largest magnitude at `largest`, rounded to fp32 as it is stored; 1 for zeros. */
function scaleOf(weight: Float32Array, start: number, end: number, largest: number): number {
  let magnitude = 0;
  for (let at = start; at < end; at++) {
    const value = Math.abs(weight[at]!);
    if (value > magnitude) magnitude = value;
  }
  const scale = Math.fround(magnitude / largest);
  return scale > 0 ? scale : 1;
}

/** Steps tried for 4 bits: the largest magnitude at 6 to 9 of them, so that some outliers are clipped. */
const STEPS_4BIT = [6, 6.5, 7, 7.5, 8, 8.5, 9];

/**
 * The 4-bit step with the least squared error. There is one negative value more than positive ones: a negative
 * step turns it to the side that needs it.
 */
function bestScale4(weight: Float32Array, start: number, end: number): number {
  const magnitude = scaleOf(weight, start, end, 1);
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (const steps of STEPS_4BIT) {
    for (const scale of [Math.fround(magnitude / steps), Math.fround(-magnitude / steps)]) {
      const error = squaredError4(weight, start, end, scale);
      if (error < least) [best, least] = [scale, error];
    }
  }
  return best;
}

/** Spelled out without calls: it runs over every weight of a model several times. */
function squaredError4(weight: Float32Array, start: number, end: number, scale: number): number {
  const inverse = 1 / scale;
  let error = 0;
  for (let at = start; at < end; at++) {
    const steps = weight[at]! * inverse;
    const rounded = steps >= 7 ? 7 : steps <= -8 ? -8 : Math.floor(steps + 0.5);
    error += (steps - rounded) * (steps - rounded);
  }
  return error * scale * scale;
}

/** Into [−zeroPoint, zeroPoint − 1]. */
function clamp(value: number, zeroPoint: number): number {
  return Math.max(-zeroPoint, Math.min(zeroPoint - 1, value));
}

/** Two 4-bit values to a byte, the first in the low half. */
export function packNibbles(integers: Uint8Array): Uint8Array {
  const packed = new Uint8Array(integers.length / 2);
  for (let at = 0; at < packed.length; at++) packed[at] = integers[2 * at]! | (integers[2 * at + 1]! << 4);
  return packed;
}
