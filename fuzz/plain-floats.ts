/** The values of stored floats, by the formats' definitions; undefined for other dtypes. */
export function plainFloats(dtype: string, bytes: Uint8Array): number[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = READERS[dtype];
  if (!read) return undefined;
  return Array.from({ length: bytes.length / read.width }, (_, at) => read.value(view, at * read.width));
}

const READERS: Record<string, { width: number; value: (view: DataView, at: number) => number }> = {
  F32: { width: 4, value: (view, at) => view.getFloat32(at, true) },
  F16: { width: 2, value: (view, at) => half(view.getUint16(at, true)) },
  BF16: { width: 2, value: (view, at) => bfloat(view.getUint16(at, true)) },
};

function half(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -24 * fraction;
}

function bfloat(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 7) & 255;
  const fraction = bits & 127;
  if (exponent === 255) return fraction ? Number.NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 127) * (1 + fraction / 128) : sign * 2 ** -133 * fraction;
}
