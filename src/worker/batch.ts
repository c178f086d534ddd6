import type { PairTemplate } from "../shared/manifest";

/** How much goes into one run. */
export interface BatchLimits {
  /** Padded tokens: rows × longest row. A single longer row still makes a batch of its own. */
  maxTokens: number;
  maxRows: number;
}

/** What the graph reads: int64 `[batch, sequence]`, padded on the right. */
export interface TokenBatch {
  /** Of each row, the index of its sequence in the caller's order. */
  rows: number[];
  inputIds: BigInt64Array;
  attentionMask: BigInt64Array;
  dims: [batch: number, sequence: number];
}

/**
 * Group sequences of like length into batches, the longest first: if memory is short, it shows before
 * the work is done.
 *
 * @returns for each batch the indices of its sequences
 */
export function planBatches(lengths: readonly number[], { maxTokens, maxRows }: BatchLimits): number[][] {
  const byLength = lengths.map((_, index) => index).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const index of byLength) {
    const longest = lengths[batch[0] ?? index]!;
    if (batch.length === maxRows || (batch.length + 1) * longest > maxTokens) batch = [];
    if (batch.length === 0) batches.push(batch);
    batch.push(index);
  }
  return batches;
}

/** What padding needs to know of a model. */
export type Padding = Pick<PairTemplate, "pad" | "maxTokens">;

/**
 * Sequences are padded to a multiple of this, single ones too. Matrix kernels add up the columns left
 * over from a full vector in another order: with them a reward depended in its last bits on how far it
 * was padded, and where int8 rounding took that up, by 0.3 % of the spread. On WASM, whose vectors hold
 * 4 numbers, rewards are then the same to the last bit.
 */
const LENGTH_MULTIPLE = 4;

/** Lay the chosen sequences out as the graph reads them. */
export function buildBatch(
  sequences: readonly (readonly number[])[],
  rows: number[],
  { pad, maxTokens }: Padding,
): TokenBatch {
  const longest = Math.max(...rows.map((row) => sequences[row]!.length));
  const length = Math.min(Math.ceil(longest / LENGTH_MULTIPLE) * LENGTH_MULTIPLE, maxTokens);
  const inputIds = new BigInt64Array(rows.length * length).fill(BigInt(pad));
  const attentionMask = new BigInt64Array(rows.length * length);
  rows.forEach((row, at) => {
    const ids = sequences[row]!;
    inputIds.set(ids.map(BigInt), at * length);
    attentionMask.fill(1n, at * length, at * length + ids.length);
  });
  return { rows, inputIds, attentionMask, dims: [rows.length, length] };
}
