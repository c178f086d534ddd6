import type { Artifact, Manifest } from "../shared/manifest";
import { revisionOf, SHORT_HASH } from "../shared/revision-of";
import { tieWithin } from "../shared/tie-within";

/** Who gave the rewards: what is needed to audit a number, and to get it again. */
export interface Judge {
  /** The model folder's name. */
  model: string;
  /** Hub id or folder that the model was converted from. */
  repository: string;
  /** As of {@link revisionOf}. */
  revision: string;
  dtype: Artifact["dtype"];
  /** `webgpu`, `wasm`, or `cpu` for onnxruntime-node. */
  backend: string;
  /** score = alpha × reward. */
  alpha: number;
  /** Whether sigmoid(reward a − reward b) may be read as a preference probability. */
  pairwise: boolean;
  /** Rewards of one prompt that differ by no more are equal, in reward units. */
  tieWithin: number;
}

/** What a manifest says of its model, with how it ran. */
export function judgeOf(
  { name, source, pairwise, defaultAlpha, goldens }: Manifest,
  { dtype, backend, alpha = defaultAlpha }: Pick<Judge, "dtype" | "backend"> & { alpha?: number },
): Judge {
  return {
    model: name,
    repository: source.repository,
    revision: revisionOf(source),
    dtype,
    backend,
    alpha,
    pairwise,
    tieWithin: tieWithin(goldens),
  };
}

/** One string for the model, its revision and its artifact, such as `demo@sha256-2502d5f69545:w8`. */
export function versionOf({ model, revision, dtype }: Judge): string {
  const short = /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, SHORT_HASH) : revision;
  return `${model}@${short}:${dtype}`;
}
