import type { ExecutionProvider } from "../shared/contract";
import type { BatchLimits } from "./batch";

/** An artifact whose runs are short whatever their size: the demonstration model has 4 MB, BERT-base's 110. */
const SMALL_WEIGHTS = 16_000_000;

/** The likeliest first. */
export type BatchChoices = readonly [BatchLimits, ...BatchLimits[]];

/**
 * Batch sizes worth trying. A run cannot be stopped, so a batch is what a person waits for after cancelling: on
 * one thread of WASM 512 tokens of BERT-base take about two seconds, 2,048 of the demonstration model a tenth.
 * Threads share a larger batch of a small model better, and two of them one of BERT-base worse.
 *
 * @param weightBytes of the artifact that runs
 */
export function batchChoices(
  provider: ExecutionProvider,
  weightBytes: number,
  threads: number,
): BatchChoices {
  if (provider === "webgpu") return [limits(2048, 512), limits(1024, 512), limits(4096, 512)];
  if (weightBytes <= SMALL_WEIGHTS) return [limits(2048, 64), limits(1024, 64), limits(4096, 64)];
  const larger = threads > 1 ? [limits(1024, 64)] : [];
  return [limits(512, 64), limits(256, 64), ...larger];
}

/** The one with the least memory and the shortest runs. */
export function smallestOf(choices: BatchChoices): BatchLimits {
  return choices.toSorted((a, b) => a.maxTokens - b.maxTokens)[0]!;
}

/**
 * @param runTokens what a run costs: measured with the demonstration model, on WASM 64 tokens, on a software GPU
 *   50. A real GPU is slower to start a run and faster with its tokens; none was measured
 */
function limits(maxTokens: number, runTokens: number): BatchLimits {
  return { maxTokens, maxRows: Math.max(16, maxTokens / 64), runTokens };
}
