/**
 * The work's own outcome, unless it takes too long: then it might never end.
 *
 * @throws DOMException `TimeoutError`; the work itself goes on unheard
 */
export function timeBox<T>(work: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new DOMException(`no answer within ${limitMs / 1000} s`, "TimeoutError"));
    const timer = setTimeout(late, limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Whether an error, or what led to it, is of a time box. */
export function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "TimeoutError" || isTimeout(error.cause);
}
