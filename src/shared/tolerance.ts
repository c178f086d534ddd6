import type { Artifact, Dtype, Golden } from "./manifest";
import { spreadOf } from "./spread";

/**
 * Largest error allowed against the fp32 reference, as a fraction of the spread (max − min) of the
 * reference rewards: what the weights' precision may cost. The one table: tests, `convert` and `verify` read it
 * here. A load knows no reference; it holds a session against {@link BACKEND_TOLERANCE}.
 */
export const TOLERANCE: Record<Dtype, { worst: number; mean: number }> = {
  /** Summation order alone; measured under 0.0003 %. */
  fp32: { worst: 0.001, mean: 0.001 },
  /** 11-bit mantissa through every layer. */
  fp16: { worst: 0.02, mean: 0.01 },
  /** int8 weights and activations: a simulation on the unkind random fixtures gives worst 3.5 to 6.1 %. */
  q8: { worst: 0.08, mean: 0.025 },
  /** int8 weights alone: the same simulation gives worst 2.1 to 2.7 %. */
  w8: { worst: 0.08, mean: 0.025 },
  /** 4-bit weights: judged on trained weights only, and left out of a folder that misses it. */
  q4f16: { worst: 0.1, mean: 0.05 },
};

/** Largest difference from the reference rewards that an artifact's goldens may show, in reward units. */
export function referenceTolerance(dtype: Dtype, goldens: readonly Pick<Golden, "reward">[]): number {
  return TOLERANCE[dtype].worst * spreadOf(goldens);
}

/**
 * Largest difference between a session and what the same artifact gave when it was made, as a fraction of
 * the same spread. Any pair is to keep it, and it is far tighter: quantization is on both sides.
 */
export const BACKEND_TOLERANCE: Record<Dtype, number> = {
  /** Summation order; measured under 0.0003 %. */
  fp32: 0.001,
  /** The same arithmetic; measured under 0.0003 %. */
  w8: 0.001,
  /** The same to the last bit on WASM; a last bit turned elsewhere may be rounded up to 0.3 %. */
  q8: 0.005,
  /** GPUs add up in fp16, onnxruntime-node in fp32. */
  fp16: 0.02,
  q4f16: 0.02,
};

/**
 * How much of that difference a load lets its goldens show. They are a sample: what is wrong with a session
 * moved other pairs up to 5 times as far as the goldens of a load, an earlier demonstration model's up to 27 times
 * (docs/accuracy.md, "What a load checks"). Backends were measured at under 0.0003 % of the spread.
 */
const GOLDEN_SHARE: Record<Dtype, number> = {
  fp32: 0.1,
  w8: 0.1,
  q8: 0.1,
  /** How far GPUs differ that add up in fp16 is not known: no device of the tests has `shader-f16`. */
  fp16: 1,
  q4f16: 1,
};

/** Largest difference from an artifact's own rewards that a load lets its goldens show, in reward units. */
export function goldenTolerance({ dtype, tolerance }: Pick<Artifact, "dtype" | "tolerance">): number {
  return GOLDEN_SHARE[dtype] * tolerance;
}

/** 8-bit artifacts of the demonstration model, worst: trained weights are kinder than random ones; measured 1.33 %. */
export const DEMO_TOLERANCE = 0.02;

/**
 * Forms of one call against each other (single, batched and padded, shuffled), as a fraction of the spread:
 * padding must not be seen. On WASM the difference is exactly 0.
 */
export const BATCH_TOLERANCE = 1e-3;

/**
 * Least rank correlation (Spearman's) of a checkpoint's pairs with the reference. Full precision keeps the
 * order; 8 and 4 bits may exchange neighbours, of which random weights have many.
 */
export const RANK_TOLERANCE: Record<Dtype, number> = {
  fp32: 0.9999,
  fp16: 0.99,
  q8: 0.97,
  w8: 0.97,
  q4f16: 0.95,
};
