import * as v from "valibot";
import { ScorerError } from "../shared/errors";
import { MAX_JSON_LENGTH, parseJson } from "../shared/parse-json";
import { checkFields } from "./check-fields";
import type { Tensor, Tensors } from "./checkpoint";
import { decodeFloats } from "./decode-floats";
import { decodeUtf8 } from "./decode-utf8";
import { DTYPE_BITS } from "./dtype-bits";
import { count } from "./schemas";

const headerEntry = v.object({
  dtype: v.picklist(Object.keys(DTYPE_BITS)),
  shape: v.array(count),
  data_offsets: v.strictTuple([count, count]),
});

type HeaderEntry = v.InferOutput<typeof headerEntry>;

/**
 * Opens a safetensors file. Only the header is read; weights when a tensor's `read` is called.
 *
 * Layout: u64 little-endian header length, JSON header, then the data section. As strict as the
 * reference reader: tensors tile the data section, which ends where the file does.
 *
 * @param name the file's name, for messages
 * @throws ScorerError `malformed-safetensors` — header too long or not as specified, or tensors that
 * do not fit their shape, each other or the file
 * @see https://github.com/huggingface/safetensors#format
 */
export async function openSafetensors(file: Blob, name: string): Promise<Tensors> {
  const headerBytes = await readHeaderLength(file, name);
  const dataStart = 8 + headerBytes;
  const header = await parseHeader(file.slice(8, dataStart), name);
  const entries = Object.entries(header)
    .filter(([key]) => key !== "__metadata__")
    .map(([tensor, entry]) => [tensor, parseEntry(entry, `${name}: tensor "${tensor}"`)] as const);
  checkTiling(entries, file.size - dataStart, name);
  return new Map(entries.map(([tensor, entry]) => [tensor, toTensor(file, name, dataStart, tensor, entry)]));
}

async function readHeaderLength(file: Blob, name: string): Promise<number> {
  if (file.size < 8) throw malformed(`${name}: expected an 8-byte header length, found ${file.size} bytes`);
  const length = new DataView(await file.slice(0, 8).arrayBuffer()).getBigUint64(0, true);
  if (length > MAX_JSON_LENGTH) {
    throw malformed(`${name}: header length: expected at most ${MAX_JSON_LENGTH}, found ${length}`);
  }
  if (8n + length > file.size) {
    throw malformed(`${name}: header of ${length} bytes: file ends after ${file.size - 8}`);
  }
  return Number(length);
}

async function parseHeader(bytes: Blob, name: string): Promise<Record<string, unknown>> {
  const subject = `${name}: header`;
  const text = await decodeUtf8(bytes, subject, "malformed-safetensors");
  const header = parseJson(text, subject, "malformed-safetensors");
  if (!text.startsWith("{")) throw malformed(`${subject}: expected a JSON object at its first byte`);
  return header as Record<string, unknown>;
}

function parseEntry(entry: unknown, subject: string): HeaderEntry {
  const fields = checkFields(subject, headerEntry, entry, "malformed-safetensors");
  const { dtype, shape, data_offsets } = fields;
  const [begin, end] = data_offsets;
  const expected = shape.reduce((product, size) => product * size, DTYPE_BITS[dtype]!) / 8;
  if (!Number.isSafeInteger(expected) || end - begin !== expected) {
    throw malformed(
      `${subject}: ${dtype} [${shape.join(", ")}]: expected ${expected} bytes, found ${end - begin}`,
    );
  }
  return fields;
}

/** Checks that tensors cover the data section from its first byte to its last, each byte once. */
function checkTiling(entries: (readonly [string, HeaderEntry])[], dataBytes: number, name: string): void {
  const inOrder = entries.toSorted(
    ([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1],
  );
  let reached = 0;
  for (const [tensor, entry] of inOrder) {
    const [begin, end] = entry.data_offsets;
    if (begin !== reached) {
      const kind = begin < reached ? "overlaps the one before" : "leaves a gap";
      throw malformed(`${name}: tensor "${tensor}" ${kind}: expected offset ${reached}, found ${begin}`);
    }
    reached = end;
  }
  if (reached !== dataBytes) {
    throw malformed(`${name}: data section: expected ${reached} bytes, found ${dataBytes}`);
  }
}

function toTensor(
  file: Blob,
  fileName: string,
  dataStart: number,
  name: string,
  { dtype, shape, data_offsets: [begin, end] }: HeaderEntry,
): Tensor {
  const bytes = file.slice(dataStart + begin, dataStart + end);
  return {
    name,
    shape,
    dtype,
    read: () => decodeFloats(`${fileName}: tensor "${name}"`, dtype, () => bytes.arrayBuffer()),
  };
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-safetensors", message);
}
