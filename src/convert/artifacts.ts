import type { Artifact, Dtype } from "../shared/manifest";
import type { GraphForm } from "./bert-graph";
import { blockWeights } from "./block-weights";
import { floatWeights } from "./float-weights";
import { int8Weights } from "./int8-weights";
import { OnnxType } from "./onnx";
import type { WeightFormat } from "./weight-format";

/** What one dtype becomes: the files, and where they run. */
export interface ArtifactRecipe {
  dtype: Dtype;
  /** Graph file in `onnx/` without `.onnx`, spelled as transformers.js spells it where it knows the dtype. */
  fileName: string;
  format: WeightFormat;
  devices: Artifact["devices"];
  requires: Artifact["requires"];
  /** In order of preference; the first has the plain file name, the others end in `_<form>`. */
  forms: readonly GraphForm[];
}

/**
 * In order of preference on WebGPU and WASM; on `cpu`, which is onnxruntime-node, fp32 comes first. Int8
 * products run on WASM alone: in onnxruntime-node they saturate on x86 CPUs without VNNI, and WebGPU has no
 * kernel for them.
 */
export const ARTIFACT_RECIPES: readonly ArtifactRecipe[] = [
  {
    dtype: "q8",
    fileName: "model_quantized",
    format: int8Weights,
    devices: ["wasm"],
    requires: [],
    forms: ["fused"],
  },
  {
    dtype: "w8",
    fileName: "model_w8",
    format: blockWeights(8, OnnxType.float),
    devices: ["webgpu", "cpu"],
    requires: [],
    forms: ["fused", "plain"],
  },
  {
    dtype: "fp16",
    fileName: "model_fp16",
    format: floatWeights(OnnxType.float16),
    devices: ["webgpu"],
    requires: ["shader-f16"],
    forms: ["fused", "plain"],
  },
  {
    dtype: "q4f16",
    fileName: "model_q4f16",
    format: {
      ...blockWeights(4, OnnxType.float16),
      earlyAttention: blockWeights(8, OnnxType.float16),
    },
    devices: ["webgpu"],
    requires: ["shader-f16"],
    forms: ["fused", "plain"],
  },
  {
    dtype: "fp32",
    fileName: "model",
    format: floatWeights(OnnxType.float),
    devices: ["webgpu", "wasm", "cpu"],
    requires: [],
    forms: ["plain", "fused"],
  },
];
