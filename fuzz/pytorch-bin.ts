import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { unzipSync, zipSync } from "fflate";
import { openPytorchBin } from "../src/convert/pytorch-bin";
import { type Bytes, mutateBytes } from "./mutate-bytes";
import { plainFloats } from "./plain-floats";
import type { Random } from "./random";
import { type ReadTensor, readAll } from "./read-all";
import type { Reader } from "./reader";
import { seedBytes } from "./seeds";

const NAME = "pytorch_model.bin";
const SEED = seedBytes(`test/fixtures/bert-reward-bin/${NAME}`);
const ENTRIES = unzipSync(SEED);
const PICKLE = Object.keys(ENTRIES).find((name) => name.endsWith("data.pkl"))!;
const SOUND = new Map((await read(SEED)).map((tensor) => [tensor.name, tensor]));

/** Where the directory is, in the seed: what comes before is weights. */
const DIRECTORY = new DataView(SEED.buffer).getUint32(SEED.length - 6, true);

/** Opcodes that pile up, point at themselves, or promise what is not there. */
const PIECES: readonly (readonly number[] | string)[] = [
  "]q\x00h\x00a", // a list in itself
  "(",
  "}",
  "t",
  "R",
  "Q",
  "b",
  "u",
  "h\x00",
  "0", // POP
  "2", // DUP
  "cos\nsystem\n",
  [0x58, 0xff, 0xff, 0xff, 0x7f], // a text of 2 GB
  [0x8a, 0xff], // an integer of 255 bytes
  [0x8b, 0xff, 0xff, 0xff, 0x7f], // LONG4: one of 2 GB
  [0x4a, 0xff, 0xff, 0xff, 0x7f],
  [0x72, 0xff, 0xff, 0xff, 0xff],
  [0x80, 5],
];

/**
 * Half of them have bytes changed and no checksum mended: none of these may be read as anything but the
 * seed. In the others the pickle or an entry is changed and the archive made anew, so that it is sound.
 */
function mutant(random: Random): Bytes {
  if (random.chance(0.5)) return mutateBytes(SEED, random, [DIRECTORY, SEED.length]);
  const entries = { ...ENTRIES };
  if (random.chance(0.8)) entries[PICKLE] = mutatePickle(Uint8Array.from(entries[PICKLE]!), random);
  else changeEntry(entries, random);
  const level = random.chance(0.02) ? 6 : 0;
  const archive = zipSync(entries, { level }) as Bytes;
  return random.chance(0.2) ? overlap(archive, random) : archive;
}

/** Checksum, sizes and place of an entry, as the directory lists them. */
const FIELDS = [
  [16, 20],
  [20, 28],
  [42, 46],
] as const;

/** Has one line of the directory say what another does, in one field or in all: entries that overlap. */
function overlap(archive: Bytes, random: Random): Bytes {
  const lines = findLines(archive);
  const [to, from] = [random.pick(lines), random.pick(lines)];
  for (const [start, end] of random.chance(0.5) ? FIELDS : [random.pick(FIELDS)]) {
    archive.copyWithin(to + start, from + start, from + end);
  }
  return archive;
}

function mutatePickle(pickle: Bytes, random: Random): Bytes {
  if (random.chance(0.5)) return mutateBytes(pickle, random, [0, pickle.length]);
  const at = random.below(pickle.length);
  const piece = random.pick(PIECES);
  const bytes = typeof piece === "string" ? Buffer.from(piece, "latin1") : Buffer.from(piece);
  const times = random.chance(0.3) ? 200_000 : 1 + random.below(20);
  const pieces = Buffer.alloc(bytes.length * times, bytes);
  return Uint8Array.from(Buffer.concat([pickle.subarray(0, at), pieces, pickle.subarray(at)]));
}

function changeEntry(entries: Record<string, Uint8Array>, random: Random): void {
  const name = random.pick(Object.keys(entries));
  const bytes = entries[name]!;
  const other = random.pick(["../data.pkl", "x/data.pkl", "archive/data/0", "\u202e"]);
  const changes = [
    () => delete entries[name],
    () => Object.defineProperty(entries, other, { value: bytes, enumerable: true }),
    () => {
      entries[name] = bytes.slice(0, random.below(bytes.length + 1));
    },
    () => {
      entries[name] = new Uint8Array(bytes.length).fill(random.below(256));
    },
  ];
  random.pick(changes)();
}

async function read(bytes: Bytes): Promise<ReadTensor[]> {
  return readAll(await openPytorchBin(new Blob([bytes]), NAME));
}

/**
 * A tensor is as in the seed, or its values lie side by side in one entry of the archive, which has the
 * checksum that the archive says, and are as many as its shape says.
 */
function judge(bytes: Bytes, tensors: readonly ReadTensor[]): void {
  assert.equal(new Set(tensors.map(({ name }) => name)).size, tensors.length);
  const changed = tensors.filter((tensor) => !isSound(tensor));
  if (changed.length === 0) return;
  const checksums = listChecksums(bytes);
  const entries = Object.entries(unzipSync(bytes)).filter(
    ([name, entry]) => /(?:^|\/)data\/[^/]+$/.test(name) && crc32(entry) === checksums.get(name),
  );
  for (const { name, dtype, shape, values } of changed) {
    if (!values) continue;
    assert.equal(
      values.length,
      shape.reduce((product, size) => product * size, 1),
    );
    const stored = entries.some(([, entry]) => holds(plainFloats(dtype, whole(dtype, entry))!, values));
    assert.ok(stored, `values of ${name} in the archive`);
  }
}

/** The checksum of each entry, wherever there is something like a line of the directory. */
function listChecksums(bytes: Bytes): ReadonlyMap<string, number> {
  const file = Buffer.from(bytes.buffer);
  const lines = findLines(bytes).map((at) => {
    const nameEnd = at + 46 + file.readUInt16LE(at + 28);
    return [file.toString("utf8", at + 46, nameEnd), file.readUInt32LE(at + 16)] as const;
  });
  return new Map(lines);
}

function findLines(bytes: Bytes): number[] {
  const file = Buffer.from(bytes.buffer);
  const lines: number[] = [];
  for (let at = file.indexOf("PK\x01\x02"); at >= 0; at = file.indexOf("PK\x01\x02", at + 1)) lines.push(at);
  return lines;
}

function isSound({ name, dtype, shape, values }: ReadTensor): boolean {
  const sound = SOUND.get(name);
  if (sound?.dtype !== dtype || sound.shape.join() !== shape.join()) return false;
  if (!sound.values || !values) return sound.values === values;
  return Buffer.compare(new Uint8Array(sound.values.buffer), new Uint8Array(values.buffer)) === 0;
}

/** The bytes of an entry up to the last whole value. */
function whole(dtype: string, entry: Uint8Array): Uint8Array {
  const width = dtype === "F32" ? 4 : 2;
  return entry.subarray(0, entry.length - (entry.length % width));
}

function holds(stored: readonly number[], values: Float32Array): boolean {
  for (let from = 0; from + values.length <= stored.length; from++) {
    let same = 0;
    while (same < values.length && Object.is(stored[from + same], values[same])) same++;
    if (same === values.length) return true;
  }
  return false;
}

export const pytorchBin: Reader<ReadTensor[]> = { mutant, read, judge };
