import type { Manifest } from "./manifest";

/** As many digits of a hash as Git shows in a large repository. */
export const SHORT_HASH = 12;

/** The commit a model was converted from; else `sha256-` and the beginning of its weights' hash. */
export function revisionOf({ revision, weights: [weights] }: Manifest["source"]): string {
  return revision ?? `sha256-${weights?.sha256.slice(0, SHORT_HASH) ?? "unknown"}`;
}
