import type { Artifact, Manifest } from "../shared/manifest";

/** Who gave the rewards: what is needed to audit a number, and to get it again. */
export interface Judge {
  /** The model folder's name. */
  model: string;
  /** Commit of the repository it was converted from; else `sha256-` and the beginning of its weights' hash. */
  revision: string;
  dtype: Artifact["dtype"];
  /** `webgpu`, `wasm`, or `cpu` for onnxruntime-node. */
  backend: string;
  /** score = alpha × reward. */
  alpha: number;
  /** Whether sigmoid(reward a − reward b) may be read as a preference probability. */
  pairwise: boolean;
}

/** As many digits of a hash as Git shows in a large repository. */
const SHORT_HASH = 12;

/** What a manifest says of its model, with how it ran. */
export function judgeOf(
  { name, source, pairwise, defaultAlpha }: Manifest,
  { dtype, backend, alpha = defaultAlpha }: Pick<Judge, "dtype" | "backend"> & { alpha?: number },
): Judge {
  const [weights] = source.weights;
  const revision = source.revision ?? `sha256-${weights?.sha256.slice(0, SHORT_HASH) ?? "unknown"}`;
  return { model: name, revision, dtype, backend, alpha, pairwise };
}

/** One string for the model, its revision and its artifact, such as `demo@sha256-2502d5f69545:w8`. */
export function versionOf({ model, revision, dtype }: Judge): string {
  const short = /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, SHORT_HASH) : revision;
  return `${model}@${short}:${dtype}`;
}
