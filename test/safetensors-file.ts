/** A tensor's header entry and bytes; without a range it follows the one before. */
export interface TensorBytes {
  dtype: string;
  shape: number[];
  bytes: Uint8Array;
}

/** The bytes of a safetensors file: any header, JSON or not, and any data section. */
export function safetensorsBytes(header: string | object, data: Uint8Array = new Uint8Array()): Blob {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(text.length), true);
  return new Blob([length, text, data as Uint8Array<ArrayBuffer>]);
}

/** A sound safetensors file. */
export function safetensorsFile(tensors: Record<string, TensorBytes>): Blob {
  const header: Record<string, object> = {};
  let end = 0;
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  const data = new Uint8Array(end);
  let at = 0;
  for (const { bytes } of Object.values(tensors)) {
    data.set(bytes, at);
    at += bytes.length;
  }
  return safetensorsBytes(header, data);
}

/** An F32 tensor with one axis. */
export function f32(...values: number[]): TensorBytes {
  return {
    dtype: "F32",
    shape: [values.length],
    bytes: new Uint8Array(Float32Array.from(values).buffer),
  };
}
