import { ScorerError } from "../shared/errors";
import type { Tensor, Tensors } from "./checkpoint";
import { decodeFloats } from "./decode-floats";
import { DTYPE_BITS } from "./dtype-bits";
import { readStateDict, type StoredTensor } from "./state-dict";
import { readZip, type ZipEntry } from "./zip";

/** Longest `data.pkl` read, in bytes: about 200 are needed for a tensor. */
const MAX_PICKLE_BYTES = 4_000_000;

/**
 * Opens a state dict that `torch.save` wrote: a zip archive of `data.pkl`, which says what the tensors
 * are, and a file for each storage. Storages are read when a tensor's `read` is called.
 *
 * @param name the file's name, for messages
 * @throws ScorerError `malformed-pickle` — not such an archive, not a state dict, or a tensor outside its
 * storage
 */
export async function openPytorchBin(file: Blob, name: string): Promise<Tensors> {
  await checkSignature(file, name);
  const entries = await readZip(file, name);
  const pickle = findPickle(entries, name);
  const root = pickle.name.slice(0, -"data.pkl".length);
  await checkByteOrder(entries.get(`${root}byteorder`), name);
  const bytes = new Uint8Array(await (await pickle.slice()).arrayBuffer());
  const tensors = new Map<string, Tensor>();
  for (const [tensorName, stored] of readStateDict(bytes, name)) {
    const subject = `${name}: tensor "${tensorName}"`;
    const entry = entries.get(`${root}data/${stored.storage.key}`);
    tensors.set(tensorName, toTensor(subject, tensorName, stored, entry));
  }
  return tensors;
}

async function checkSignature(file: Blob, name: string): Promise<void> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const text = String.fromCharCode(...start);
  if (text === "PK\x03\x04") return;
  const found =
    start[0] === 0x80
      ? "a bare pickle, as PyTorch wrote before 1.6"
      : `bytes ${[...start].map((byte) => byte.toString(16).padStart(2, "0")).join(" ") || "none"}`;
  throw malformed(`${name}: expected a zip archive, as PyTorch writes since 1.6, found ${found}`);
}

function findPickle(entries: ReadonlyMap<string, ZipEntry>, name: string): ZipEntry {
  const [pickle, ...others] = [...entries.values()].filter((entry) =>
    /^(?:[^/]+\/)?data\.pkl$/.test(entry.name),
  );
  if (!pickle || others.length > 0) {
    throw malformed(`${name}: expected one data.pkl, found ${pickle ? others.length + 1 : "none"}`);
  }
  if (pickle.bytes > MAX_PICKLE_BYTES) {
    throw malformed(`${name}: data.pkl: expected at most ${MAX_PICKLE_BYTES} bytes, found ${pickle.bytes}`);
  }
  return pickle;
}

async function checkByteOrder(entry: ZipEntry | undefined, name: string): Promise<void> {
  if (!entry) return;
  const order = await (await entry.slice()).slice(0, 16).text();
  if (order !== "little") throw malformed(`${name}: byteorder: expected little, found ${order}`);
}

function toTensor(
  subject: string,
  name: string,
  { shape, storage, offset }: StoredTensor,
  entry: ZipEntry | undefined,
): Tensor {
  const { key, dtype, valueCount } = storage;
  const valueBytes = DTYPE_BITS[dtype]! / 8;
  if (!entry) throw malformed(`${subject}: expected storage data/${key}, found no such entry`);
  if (entry.bytes !== valueCount * valueBytes) {
    throw malformed(
      `${subject}: storage data/${key}: expected ${valueCount} ${dtype} values, found ${entry.bytes} bytes`,
    );
  }
  const end = shape.reduce((product, size) => product * size, 1) + offset;
  if (!(end <= valueCount)) {
    throw malformed(`${subject} spans values [${offset}, ${end}), storage data/${key} has ${valueCount}`);
  }
  const readBytes = async () =>
    (await entry.slice()).slice(offset * valueBytes, end * valueBytes).arrayBuffer();
  return { name, shape, dtype, read: () => decodeFloats(subject, dtype, readBytes) };
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-pickle", message);
}
