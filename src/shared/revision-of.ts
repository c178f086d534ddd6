import type { Manifest } from "./manifest";

/** As many digits of a hash as Git shows in a large repository. */
export const SHORT_HASH = 12;

/**
 * The commit a model was converted from; else `sha256-` and the beginning of the hash of each of its weight files,
 * as `sha256sum` prints them, in order. It tells weights apart: not their tokenizers, nor how many tokens are read.
 */
export function revisionOf({ revision, weights }: Manifest["source"]): string {
  const hashes = weights.map(({ sha256 }) => sha256.slice(0, SHORT_HASH));
  return revision ?? `sha256-${hashes.join("-") || "unknown"}`;
}
