import type { ExecutionProvider } from "../shared/contract";
import type { Capabilities } from "./capabilities";

/** Beyond this many, BERT's matrices are too small to share out. */
const MAX_THREADS = 8;

/**
 * WASM threads to run with; one where the GPU does the work. Half the logical processors: the other half are mostly the same cores.
 * Threads need cross-origin isolation, and a browser where they work.
 */
export function chooseThreads(
  provider: ExecutionProvider,
  { crossOriginIsolated, cores, oneThread }: Capabilities,
): number {
  if (provider === "webgpu" || !crossOriginIsolated || oneThread) return 1;
  return Math.max(Math.min(cores, 2), Math.min(MAX_THREADS, Math.ceil(cores / 2)));
}
