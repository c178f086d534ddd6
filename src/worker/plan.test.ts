import { describe, expect, it } from "vitest";
import type { Device } from "../shared/contract";
import type { Artifact, Graph, Manifest } from "../shared/manifest";
import type { Capabilities, GpuCapabilities } from "./capabilities";
import { planCandidates } from "./plan";

type Attention = Graph["attention"];

function artifact(
  dtype: Artifact["dtype"],
  devices: Artifact["devices"],
  attentions: Attention[],
  requires: Artifact["requires"] = [],
): Artifact {
  const graphs = attentions.map((attention) => ({ path: attention, bytes: 1, sha256: "", attention }));
  return { dtype, devices, requires, graphs, weights: [], rewards: [], maxError: 0, tolerance: 1 };
}

const ARTIFACTS = [
  artifact("q8", ["wasm"], ["fused"]),
  artifact("fp16", ["webgpu"], ["fused", "plain"], ["shader-f16"]),
  artifact("w8", ["webgpu", "cpu"], ["fused", "plain"]),
  artifact("fp32", ["webgpu", "wasm"], ["plain", "fused"]),
];

const GPU: GpuCapabilities = {
  adapter: "vendor arch",
  software: false,
  features: ["subgroups"],
  subgroupSizes: undefined,
};

interface Case {
  name: string;
  gpu: Partial<GpuCapabilities> | "none";
  device: Device;
  artifacts?: Artifact[];
  candidates: string[];
  passedOver: string[];
  /** @default false */
  choice?: boolean;
}

const WASM = "wasm q8 fused";
const W8 = ["webgpu w8 fused", "webgpu w8 plain"];
const FP16 = "webgpu fp16: the GPU lacks shader-f16";
const SOFTWARE = "webgpu: the GPU is software: WASM goes first";
const SIZE = "webgpu w8 fused subgroups: ";

const CASES: Case[] = [
  {
    name: "a GPU with safe subgroups",
    gpu: { subgroupSizes: { min: 32, max: 32 } },
    device: "auto",
    candidates: ["webgpu w8 fused subgroups", ...W8, WASM],
    passedOver: [FP16],
    choice: true,
  },
  {
    name: "a GPU with every feature",
    gpu: { subgroupSizes: { min: 16, max: 64 }, features: ["shader-f16", "subgroups"] },
    device: "webgpu",
    candidates: ["webgpu fp16 fused subgroups", "webgpu fp16 fused", "webgpu fp16 plain"],
    passedOver: [],
  },
  {
    name: "subgroups that are too small",
    gpu: { subgroupSizes: { min: 4, max: 4 } },
    device: "auto",
    candidates: [...W8, WASM],
    passedOver: [FP16, `${SIZE}subgroup sizes: expected 16 to 64, got 4 to 4`],
    choice: true,
  },
  {
    name: "subgroups that may be too large",
    gpu: { subgroupSizes: { min: 32, max: 128 } },
    device: "webgpu",
    candidates: W8,
    passedOver: [FP16, `${SIZE}subgroup sizes: expected 16 to 64, got 32 to 128`],
  },
  {
    name: "subgroups of unknown size",
    gpu: {},
    device: "webgpu",
    candidates: W8,
    passedOver: [FP16, `${SIZE}the GPU's subgroup sizes are not known`],
  },
  {
    name: "a GPU without subgroups",
    gpu: { features: [] },
    device: "auto",
    candidates: [...W8, WASM],
    passedOver: [FP16],
    choice: true,
  },
  {
    name: "a GPU in software",
    gpu: { features: [], software: true },
    device: "auto",
    candidates: [WASM, ...W8],
    passedOver: [FP16, SOFTWARE],
  },
  {
    name: "a GPU in software that is wanted",
    gpu: { features: [], software: true },
    device: "webgpu",
    candidates: W8,
    passedOver: [FP16],
  },
  {
    name: "a GPU in software and a model for it alone",
    gpu: { software: true },
    device: "auto",
    artifacts: [artifact("fp32", ["webgpu"], ["plain"])],
    candidates: ["webgpu fp32 plain"],
    passedOver: ["wasm: the model has no artifact for WASM"],
  },
  {
    name: "no GPU",
    gpu: "none",
    device: "auto",
    candidates: [WASM],
    passedOver: ["webgpu: no WebGPU adapter"],
  },
  {
    name: "no GPU where only that is wanted",
    gpu: "none",
    device: "webgpu",
    candidates: [],
    passedOver: ["webgpu: no WebGPU adapter"],
  },
  { name: "a wish for wasm", gpu: {}, device: "wasm", candidates: [WASM], passedOver: [] },
  {
    name: "a model for the command line alone",
    gpu: {},
    device: "auto",
    artifacts: [artifact("w8", ["cpu"], ["fused"])],
    candidates: [],
    passedOver: ["webgpu: the model has no artifact for WebGPU", "wasm: the model has no artifact for WASM"],
  },
  {
    name: "a model whose plain graph comes first",
    gpu: { subgroupSizes: { min: 32, max: 32 } },
    device: "auto",
    artifacts: [artifact("fp32", ["webgpu", "wasm"], ["plain", "fused"])],
    candidates: [
      "webgpu fp32 plain",
      "webgpu fp32 fused subgroups",
      "webgpu fp32 fused",
      "wasm fp32 plain",
      "wasm fp32 fused",
    ],
    passedOver: [],
    choice: true,
  },
  {
    name: "a model for GPUs better than this one",
    gpu: {},
    device: "webgpu",
    artifacts: [artifact("fp16", ["webgpu"], ["fused"], ["shader-f16"])],
    candidates: [],
    passedOver: [FP16],
  },
];

describe("planCandidates", () => {
  it.each(CASES)(
    "knows what to do with $name",
    ({ gpu, device, artifacts = ARTIFACTS, candidates, passedOver, choice = false }) => {
      const capabilities: Capabilities = {
        gpu: gpu === "none" ? { unavailable: "no WebGPU adapter" } : { ...GPU, ...gpu },
        jspi: true,
        crossOriginIsolated: true,
        cores: 8,
        oneThread: false,
      };
      const plan = planCandidates(capabilities, { artifacts } as Manifest, device);
      const found = plan.candidates.map(({ executionProvider, artifact, graph, subgroups }) =>
        words(executionProvider, artifact.dtype, graph.attention, subgroups && "subgroups"),
      );
      const reasons = plan.passedOver.map(({ executionProvider, dtype, attention, subgroups, detail }) => {
        return `${words(executionProvider, dtype, attention, subgroups && "subgroups")}: ${detail}`;
      });
      expect(found).toEqual(candidates);
      expect(reasons).toEqual(passedOver);
      expect(plan.choice).toBe(choice);
      expect(plan.passedOver.every(({ outcome }) => outcome === "unavailable")).toBe(true);
    },
  );
});

function words(...parts: (string | false | undefined)[]): string {
  return parts.filter((part) => part).join(" ");
}
