import { ScorerError } from "../shared/errors";
import { bfloat16ToFloat32, float16ToFloat32 } from "./half";

const decoders: Record<string, (bytes: ArrayBuffer) => Float32Array> = {
  F32: (bytes) => new Float32Array(bytes),
  F16: (bytes) => float16ToFloat32(new Uint16Array(bytes)),
  BF16: (bytes) => bfloat16ToFloat32(new Uint16Array(bytes)),
};

/**
 * Reads the stored bytes of a tensor as fp32.
 *
 * @param subject file and tensor, for the message
 * @param read called only for a dtype that can be decoded
 * @throws ScorerError `unsupported-dtype` — not F32, F16 or BF16
 * @throws ScorerError `malformed-checkpoint` — a value is NaN or infinite
 */
export async function decodeFloats(
  subject: string,
  dtype: string,
  read: () => Promise<ArrayBuffer>,
): Promise<Float32Array> {
  const decode = Object.hasOwn(decoders, dtype) ? decoders[dtype] : undefined;
  if (!decode) {
    throw new ScorerError(
      "unsupported-dtype",
      `${subject}: expected ${Object.keys(decoders).join(", ")}, found ${dtype}`,
    );
  }
  const values = decode(await read());
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value !== 0) {
      throw new ScorerError(
        "malformed-checkpoint",
        `${subject}: expected finite values, found ${value} at index ${i}`,
      );
    }
  }
  return values;
}
