/** Widens IEEE 754 half-precision bits; exact. */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i]!;
    const infinite = (half & 0x7c00) === 0x7c00 ? 0x7f800000 : 0;
    words[i] = ((half & 0x8000) << 16) | ((half & 0x7fff) << 13) | infinite;
  }
  const values = new Float32Array(words.buffer);
  // The exponents' biases differ by 127 - 15; a product puts subnormals right as well.
  for (let i = 0; i < values.length; i++) values[i]! *= 2 ** 112;
  return values;
}

/** Widens bfloat16 bits, the upper half of an fp32 value; exact. */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = bits[i]! << 16;
  return new Float32Array(words.buffer);
}

/**
 * Rounds to IEEE 754 half precision, to the nearest and ties to even.
 *
 * @returns the bits; from 65520 on infinity, below 2⁻¹⁴ subnormal, NaN stays NaN
 */
export function float32ToFloat16(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const bits = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const word = words[i]!;
    bits[i] = ((word >>> 16) & 0x8000) | roundMagnitude(word & 0x7fffffff);
  }
  return bits;
}

function roundMagnitude(word: number): number {
  if (word > 0x7f800000) return 0x7e00;
  if (word >= 0x47800000) return 0x7c00;
  // Adding just under half a unit carries into the exponent by itself: 65520 becomes infinity.
  if (word >= 0x38800000) return (word - 0x38000000 + 0xfff + ((word >>> 13) & 1)) >>> 13;
  if (word < 0x33000000) return 0;
  const significand = (word & 0x7fffff) | 0x800000;
  const shift = 126 - (word >>> 23);
  return (significand + (1 << (shift - 1)) - 1 + ((significand >>> shift) & 1)) >>> shift;
}
