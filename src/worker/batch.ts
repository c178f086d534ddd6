import type { PairTemplate } from "../shared/manifest";

/** How much goes into one run, and what a run costs. */
export interface BatchLimits {
  /** Padded tokens: rows × longest row. A single longer row still makes a batch of its own. */
  maxTokens: number;
  maxRows: number;
  /** A run takes as long as so many tokens, besides its own: padding beyond that is worth another run. */
  runTokens: number;
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
 * Group sequences of like length into the batches that take the least time in all, the longest first: if
 * memory is short, it shows before the work is done.
 *
 * @returns for each batch the indices of its sequences
 */
export function planBatches(lengths: readonly number[], limits: BatchLimits): number[][] {
  const byLength = lengths.map((_, index) => index).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const starts = cheapestStarts(
    byLength.map((index) => lengths[index]!),
    limits,
  );
  const batches: number[][] = [];
  for (let end = lengths.length; end > 0; end = starts[end]!) batches.push(byLength.slice(starts[end], end));
  return batches.reverse();
}

/** Where the last batch of the first so many sequences starts, for every number of them. @param lengths descending */
function cheapestStarts(
  lengths: readonly number[],
  { maxTokens, maxRows, runTokens }: BatchLimits,
): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  const costs = new Float64Array(lengths.length + 1).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  for (let end = 1; end <= lengths.length; end++) {
    for (let start = end - 1; start >= Math.max(0, end - maxRows); start--) {
      const tokens = (end - start) * lengths[start]!;
      if (tokens > maxTokens && end - start > 1) break;
      const cost = costs[start]! + tokens + runTokens;
      if (cost >= costs[end]!) continue;
      costs[end] = cost;
      starts[end] = start;
    }
  }
  return starts;
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
    const start = at * length;
    for (let place = 0; place < ids.length; place++) inputIds[start + place] = BigInt(ids[place]!);
    attentionMask.fill(1n, start, start + ids.length);
  });
  return { rows, inputIds, attentionMask, dims: [rows.length, length] };
}
