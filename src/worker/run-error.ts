import { ScorerError, type ScorerErrorCode } from "../shared/errors";

/** How engines and ONNX Runtime say that memory ran out. */
const OUT_OF_MEMORY =
  /out of memory|out-of-memory|bad_alloc|could not allocate|cannot allocate|failed to allocate|allocation failed|Aborted\(OOM\)|cannot enlarge memory/i;

/** How Chromium, Firefox and Safari say that a module could not be fetched: ONNX Runtime is one. */
const NOT_FETCHED = /dynamically imported module|importing a module script failed/i;

/** An error of ours for whatever the runtime threw; ORT also throws bare numbers. */
export function runError(what: string, cause: unknown): ScorerError {
  if (cause instanceof ScorerError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ScorerError(codeOf(detail), `${what}: ${firstLine(detail)}`, { cause });
}

function codeOf(detail: string): ScorerErrorCode {
  if (OUT_OF_MEMORY.test(detail)) return "out-of-memory";
  return NOT_FETCHED.test(detail) ? "download-failed" : "run-failed";
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]!;
}
