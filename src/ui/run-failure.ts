import { isScorerError } from "../shared/errors";

const CODES: readonly string[] = ["run-failed", "worker-crashed", "out-of-memory"];

/** Whether a run failed: a fresh worker may help, or fewer texts. What else a scorer throws is of its load. */
export function isRunFailure(error: unknown): boolean {
  return isScorerError(error) && CODES.includes(error.code);
}
