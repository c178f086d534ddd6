import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { safetensorsFile, type TensorBytes } from "../../test/safetensors-file";
import { FIXTURES } from "./test-command";

/** Copy a safetensors fixture with its weights changed. */
export async function changedCheckpoint(
  name: string,
  folder: string,
  change: (tensors: Record<string, TensorBytes>) => void,
): Promise<string> {
  const copy = join(folder, `changed-${name}`);
  await cp(join(FIXTURES, name), copy, { recursive: true });
  const path = join(copy, "model.safetensors");
  const tensors = readTensors(await readFile(path));
  change(tensors);
  await writeFile(path, safetensorsFile(tensors).stream());
  return copy;
}

/** The values of an F32 tensor, to be changed in place. */
export function valuesOf(tensors: Record<string, TensorBytes>, name: string): Float32Array {
  const { bytes } = tensors[name]!;
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / Float32Array.BYTES_PER_ELEMENT);
}

function readTensors(file: Buffer): Record<string, TensorBytes> {
  const dataStart = 8 + Number(file.readBigUInt64LE(0));
  const header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> =
    JSON.parse(file.toString("utf8", 8, dataStart));
  const tensors: Record<string, TensorBytes> = {};
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const [begin, end] = data_offsets;
    tensors[name] = {
      dtype,
      shape,
      bytes: Uint8Array.from(file.subarray(dataStart + begin, dataStart + end)),
    };
  }
  return tensors;
}
