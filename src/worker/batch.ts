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

/** Lay the chosen sequences out as the graph reads them. */
export function buildBatch(
  sequences: readonly (readonly number[])[],
  rows: number[],
  padId: number,
): TokenBatch {
  const longest = Math.max(...rows.map((row) => sequences[row]!.length));
  const inputIds = new BigInt64Array(rows.length * longest).fill(BigInt(padId));
  const attentionMask = new BigInt64Array(rows.length * longest);
  rows.forEach((row, at) => {
    const ids = sequences[row]!;
    inputIds.set(ids.map(BigInt), at * longest);
    attentionMask.fill(1n, at * longest, at * longest + ids.length);
  });
  return { rows, inputIds, attentionMask, dims: [rows.length, longest] };
}
