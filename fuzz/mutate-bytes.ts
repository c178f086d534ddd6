import type { Random } from "./random";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Lengths and offsets that break readers. */
const NUMBERS = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0x7fffn,
  0xffffn,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 53n,
  2n ** 64n - 1n,
];

/** A copy with one to four changes. @param focus the bytes changed rather than others, as [from, to) */
export function mutateBytes(bytes: Bytes, random: Random, focus: readonly [number, number]): Bytes {
  let mutant = bytes.slice();
  for (let left = 1 + random.below(4); left > 0; left--) {
    const inFocus = random.chance(0.7);
    const [from, to] = inFocus ? focus : [0, mutant.length];
    const at = Math.min(mutant.length, from + random.below(Math.max(1, to - from)));
    mutant = random.pick(CHANGES)(mutant, at, random);
  }
  return mutant;
}

const CHANGES: ((bytes: Bytes, at: number, random: Random) => Bytes)[] = [
  (bytes, at, random) => {
    if (at < bytes.length) bytes[at]! ^= 1 << random.below(8);
    return bytes;
  },
  (bytes, at, random) => {
    if (at < bytes.length) bytes[at] = random.below(256);
    return bytes;
  },
  (bytes, at, random) => {
    const width = random.pick([2, 4, 8]);
    const near = BigInt(bytes.length + random.below(5) - 2);
    const value = random.chance(0.3) ? near : random.pick(NUMBERS);
    for (let i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = Number((value >> BigInt(8 * i)) & 0xffn);
    }
    return bytes;
  },
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, random) => splice(bytes, at, 1 + random.below(16), new Uint8Array()),
  (bytes, at, random) => splice(bytes, at, 0, randomBytes(1 + random.below(16), random)),
  (bytes, at, random) => splice(bytes, at, 0, bytes.slice(at, at + 1 + random.below(200))),
  (bytes, at, random) => {
    const from = random.below(bytes.length + 1);
    bytes.copyWithin(at, from, from + 1 + random.below(64));
    return bytes;
  },
];

function splice(bytes: Bytes, at: number, removed: number, added: Bytes): Bytes {
  const end = Math.min(bytes.length, at + removed);
  const spliced = new Uint8Array(bytes.length - (end - at) + added.length);
  spliced.set(bytes.subarray(0, at));
  spliced.set(added, at);
  spliced.set(bytes.subarray(end), at + added.length);
  return spliced;
}

function randomBytes(length: number, random: Random): Bytes {
  return Uint8Array.from({ length }, () => random.below(256));
}
