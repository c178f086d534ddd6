import assert from "node:assert/strict";
import { openSafetensors } from "../src/convert/safetensors";
import { type Bytes, mutateBytes } from "./mutate-bytes";
import { mutateJson } from "./mutate-json";
import { plainFloats } from "./plain-floats";
import type { Random } from "./random";
import { type ReadTensor, readAll } from "./read-all";
import type { Reader } from "./reader";
import { seedBytes } from "./seeds";

const SEEDS = ["bert-seqcls-f16", "bert-seqcls-bf16", "bert-reward"].map((name) =>
  seedBytes(`test/fixtures/${name}/model.safetensors`),
);

/** Bytes changed anywhere, or a header changed as JSON and put back with its length. */
function mutant(random: Random): Bytes {
  const seed = random.pick(SEEDS);
  const { dataStart, header } = parse(seed);
  if (random.chance(0.5)) return mutateBytes(seed, random, [0, dataStart]);
  const text = mutateJson(header, random);
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(text.length), true);
  return Uint8Array.from(Buffer.concat([new Uint8Array(length.buffer), text, seed.subarray(dataStart)]));
}

/** The format in its own words: a length, a header, byte ranges that lie side by side. */
function judge(bytes: Bytes, tensors: readonly ReadTensor[]): void {
  const { dataStart, header } = parse(bytes);
  const { __metadata__: _, ...entries } = header;
  assert.deepEqual(
    tensors.map(({ name }) => name),
    Object.keys(entries),
  );
  const reach: [number, number][] = [];
  for (const { name, dtype, shape, values } of tensors) {
    const entry = entries[name]!;
    assert.deepEqual({ dtype, shape }, { dtype: entry.dtype, shape: entry.shape });
    const [begin, end] = entry.data_offsets;
    reach.push([begin, end]);
    if (!values) continue;
    const expected = plainFloats(dtype, bytes.subarray(dataStart + begin, dataStart + end))!;
    assert.ok(
      expected.every((value, at) => Object.is(value, values[at])),
      `values of ${name}`,
    );
    assert.equal(expected.length, values.length);
    assert.equal(
      expected.length,
      shape.reduce((product, size) => product * size, 1),
    );
  }
  reach.sort(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd);
  const ends = reach.map(([, end]) => end);
  assert.deepEqual(
    reach.map(([begin]) => begin),
    [0, ...ends].slice(0, reach.length),
  );
  assert.equal(dataStart + (ends.at(-1) ?? 0), bytes.length);
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

function parse(bytes: Bytes): { dataStart: number; header: Record<string, Entry> } {
  const dataStart = 8 + Number(Buffer.from(bytes.buffer).readBigUInt64LE(0));
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, dataStart));
  return { dataStart, header: JSON.parse(text) };
}

export const safetensors: Reader<ReadTensor[]> = {
  mutant,
  read: async (bytes) => readAll(await openSafetensors(new Blob([bytes]), "model.safetensors")),
  judge,
};
