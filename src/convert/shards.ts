import type { ExternalData } from "./onnx";

/** Largest external-data file, in bytes: under GitHub's 50 MB warning, and a unit that downloads in parallel. */
export const MAX_SHARD_BYTES = 45_000_000;

/** Offsets are multiples of this, in bytes: what GPU buffers and memory maps ask for at most. */
const ALIGNMENT_BYTES = 64;

/** The bytes of one weight, made when its turn to be written comes. */
export interface StoredWeight {
  byteLength: number;
  read(): Promise<Uint8Array>;
}

/**
 * The external-data files of one artifact: first every weight is given its place, then the files are
 * written in that order, one weight in memory at a time.
 */
export class Shards {
  readonly #baseName: string;
  readonly #shards: { name: string; bytes: number; weights: { offset: number; weight: StoredWeight }[] }[] =
    [];
  readonly #places = new Map<string, ExternalData>();

  /** @param baseName the graph's file name; shards are `<baseName>_data`, `<baseName>_data_1`, … */
  constructor(baseName: string) {
    this.#baseName = baseName;
  }

  get names(): string[] {
    return this.#shards.map((shard) => shard.name);
  }

  /** Give a weight its place; the same key twice is the same place. */
  place(key: string, weight: StoredWeight): ExternalData {
    const known = this.#places.get(key);
    if (known) return known;
    const shard = this.#shardFor(weight.byteLength);
    const offset = align(shard.bytes);
    shard.weights.push({ offset, weight });
    shard.bytes = offset + weight.byteLength;
    const place = { location: shard.name, offset, length: weight.byteLength };
    this.#places.set(key, place);
    return place;
  }

  /** The bytes of one shard, in order. */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    let written = 0;
    for (const { offset, weight } of this.#shards.find((shard) => shard.name === name)?.weights ?? []) {
      if (offset > written) yield new Uint8Array(offset - written);
      const bytes = await weight.read();
      if (bytes.length !== weight.byteLength) {
        throw new RangeError(
          `shard ${name}: expected ${weight.byteLength} bytes at ${offset}, got ${bytes.length}`,
        );
      }
      yield bytes;
      written = offset + bytes.length;
    }
  }

  #shardFor(byteLength: number) {
    if (byteLength > MAX_SHARD_BYTES) {
      throw new RangeError(`weight of ${byteLength} bytes: expected at most ${MAX_SHARD_BYTES}`);
    }
    const last = this.#shards.at(-1);
    if (last && align(last.bytes) + byteLength <= MAX_SHARD_BYTES) return last;
    const suffix = this.#shards.length === 0 ? "" : `_${this.#shards.length}`;
    const shard = { name: `${this.#baseName}_data${suffix}`, bytes: 0, weights: [] };
    this.#shards.push(shard);
    return shard;
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
