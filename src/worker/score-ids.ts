import { type BatchLimits, buildBatch, type Padding, planBatches, type TokenBatch } from "./batch";

/** What runs a batch: one reward per row. */
export interface Runner {
  run(batch: TokenBatch): Promise<number[]>;
}

export interface ScoreIdsOptions {
  padding: Padding;
  limits: BatchLimits;
  /** Called before each batch; what it throws ends the work. */
  beforeBatch?: () => Promise<void>;
  onProgress?: (scored: number) => void;
}

/** One reward per sequence of token ids, same order, run in batches of like length. */
export async function scoreIds(
  session: Runner,
  sequences: readonly (readonly number[])[],
  { padding, limits, beforeBatch, onProgress }: ScoreIdsOptions,
): Promise<number[]> {
  const lengths = sequences.map(({ length }) => length);
  const rewards = new Array<number>(sequences.length);
  let scored = 0;
  for (const rows of planBatches(lengths, limits)) {
    await beforeBatch?.();
    const batch = await session.run(buildBatch(sequences, rows, padding));
    for (const [at, row] of rows.entries()) rewards[row] = batch[at]!;
    scored += rows.length;
    onProgress?.(scored);
  }
  return rewards;
}
