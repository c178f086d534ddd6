import type { BackendSpeed, ExecutionProvider } from "../shared/contract";
import type { Candidate } from "./plan";

/**
 * A GPU that takes longer for a pair is slow, in milliseconds. Up to a tenth of a second an answer seems to come
 * at once, and to know whether WASM is faster still costs another runtime and other weights.
 */
const SLOW_PAIR_MS = 100;

/**
 * Candidates of the backend that goes first by what was measured: the faster one of two; WASM, to be measured,
 * where WebGPU alone was and is slow; else as they were.
 */
export function orderBySpeed(
  candidates: readonly Candidate[],
  speeds: readonly BackendSpeed[],
): readonly Candidate[] {
  const speedOf = (provider: ExecutionProvider) =>
    speeds.find(({ executionProvider }) => executionProvider === provider)?.msPerPair;
  const gpu = speedOf("webgpu");
  if (gpu === undefined || gpu <= (speedOf("wasm") ?? SLOW_PAIR_MS)) return candidates;
  const isOnGpu = ({ executionProvider }: Candidate) => Number(executionProvider === "webgpu");
  return candidates.toSorted((a, b) => isOnGpu(a) - isOnGpu(b));
}
