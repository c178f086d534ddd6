/** One weight tensor of a checkpoint. Nothing is read until `read` is called. */
export interface Tensor {
  name: string;
  shape: readonly number[];
  /** As stored, in safetensors' spelling: `F32`, `F16`, `BF16`. */
  dtype: string;
  /**
   * The values as fp32, row-major.
   *
   * @throws ScorerError `malformed-checkpoint` — a value is NaN or infinite
   */
  read(): Promise<Float32Array>;
}

/** Weights by name. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** A folder laid out like a Hub repository: file name to bytes. */
export type CheckpointFiles = ReadonlyMap<string, Blob>;
