import { ScorerError } from "../shared/errors";

/** How engines and ONNX Runtime say that memory ran out. */
const OUT_OF_MEMORY =
  /out of memory|out-of-memory|bad_alloc|could not allocate|cannot allocate|failed to allocate|allocation failed|Aborted\(OOM\)|cannot enlarge memory/i;

/** An error of ours for whatever the runtime threw; ORT also throws bare numbers. */
export function runError(what: string, cause: unknown): ScorerError {
  if (cause instanceof ScorerError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  const code = OUT_OF_MEMORY.test(detail) ? "out-of-memory" : "run-failed";
  return new ScorerError(code, `${what}: ${firstLine(detail)}`, { cause });
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]!;
}
