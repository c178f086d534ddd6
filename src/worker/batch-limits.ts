import type { ExecutionProvider } from "../shared/contract";
import type { BatchLimits } from "./batch";

/** An artifact whose runs are short whatever their size: the demonstration model has 2 MB, BERT-base's 110. */
const SMALL_WEIGHTS = 16_000_000;

/**
 * How much goes into one run. A run cannot be stopped, so a batch is what a person waits for after
 * cancelling: on one thread of WASM 512 tokens of BERT-base take about two seconds, 2,048 of the demonstration
 * model a tenth. Two threads share a larger batch of a small model better, and of BERT-base worse.
 *
 * What a run costs was measured with the demonstration model: on WASM 64 tokens, on a software GPU 50. A real
 * GPU is slower to start a run and faster with its tokens; none was measured.
 *
 * @param weightBytes of the artifact that runs
 */
export function chooseBatchLimits(provider: ExecutionProvider, weightBytes: number): BatchLimits {
  const large = { maxTokens: 2048, maxRows: 32 };
  if (provider === "webgpu") return { ...large, runTokens: 512 };
  return { ...(weightBytes <= SMALL_WEIGHTS ? large : { maxTokens: 512, maxRows: 16 }), runTokens: 64 };
}
