import type { Pair } from "../shared/contract";

/** Whether these are the same texts, to the letter and in the same order. */
export function samePairs(some: readonly Pair[], others: readonly Pair[]): boolean {
  return (
    some.length === others.length &&
    some.every(
      ({ prompt, response }, at) => prompt === others[at]!.prompt && response === others[at]!.response,
    )
  );
}
