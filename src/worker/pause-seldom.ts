/**
 * Longest work without a pause, in milliseconds, unless a single run takes longer. A pause costs half a
 * millisecond and more, for what it tells wakes the page, and a short run takes five.
 */
const WORK_MS = 100;

/** A pause that is left out while the last one is no longer ago than {@link WORK_MS}. */
export function pauseSeldom(pause: () => Promise<void>): () => Promise<void> {
  let workSince = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - workSince < WORK_MS) return;
    await pause();
    workSince = performance.now();
  };
}
