import type { Attempt, Device, ExecutionProvider } from "../shared/contract";
import type { Artifact, Graph, Manifest } from "../shared/manifest";
import type { Capabilities, GpuCapabilities } from "./capabilities";

/** One way to run the model. */
export interface Candidate {
  executionProvider: ExecutionProvider;
  artifact: Artifact;
  graph: Graph;
  /** WebGPU only: make the GPUDevice with the `subgroups` feature. */
  subgroups: boolean;
}

export interface Plan {
  /** Best first. */
  candidates: Candidate[];
  /** What there is no need to try, each with its reason. */
  passedOver: Attempt[];
  /** Whether both backends are worth trying, so that it is worth knowing which is faster. */
  choice: boolean;
}

/**
 * Subgroup sizes that we trust ONNX Runtime's kernels with. FlashAttention computes 8 keys a round, or 16,
 * whatever the size, but goes on by as many as a subgroup has lanes: below 8 (SwiftShader has 4) it gives
 * wrong numbers without an error. By its shader 8 and 128 are right too; nobody has run them for us, and
 * without the feature the same graph is exact. See docs/upstream-multi-head-attention.md.
 */
const SAFE_SUBGROUPS = { min: 16, max: 64 };

/** In what order to try which backends. A choice on plain data: nothing is probed or created here. */
export function planCandidates(capabilities: Capabilities, manifest: Manifest, device: Device): Plan {
  const none: BackendPlan = { candidates: [], passedOver: [] };
  const gpu = device === "wasm" ? none : planWebGpu(capabilities, manifest);
  const cpu = device === "webgpu" ? none : planWasm(manifest);
  const both = gpu.candidates.length > 0 && cpu.candidates.length > 0;
  const cpuFirst = both && prefersCpu(capabilities, device);
  const last = cpuFirst ? [unavailable("webgpu", "the GPU is software: WASM goes first")] : [];
  return {
    candidates: (cpuFirst ? [cpu, gpu] : [gpu, cpu]).flatMap(({ candidates }) => candidates),
    passedOver: [...gpu.passedOver, ...last, ...cpu.passedOver],
    choice: both && !cpuFirst,
  };
}

/** Whether the CPU goes first without a look at the model. */
export function prefersCpu({ gpu }: Capabilities, device: Device): boolean {
  return device !== "webgpu" && ("unavailable" in gpu || gpu.software);
}

type BackendPlan = Pick<Plan, "candidates" | "passedOver">;

function planWebGpu({ gpu }: Capabilities, { artifacts }: Manifest): BackendPlan {
  if ("unavailable" in gpu) return { candidates: [], passedOver: [unavailable("webgpu", gpu.unavailable)] };
  const listed = artifacts.filter(({ devices }) => devices.includes("webgpu"));
  const chosen = listed.find((artifact) => lacking(artifact, gpu).length === 0);
  const passedOver = listed
    .slice(0, chosen ? listed.indexOf(chosen) : listed.length)
    .map((artifact) => unavailable("webgpu", `the GPU lacks ${lacking(artifact, gpu).join(", ")}`, artifact));
  if (listed.length === 0) passedOver.push(unavailable("webgpu", "the model has no artifact for WebGPU"));
  if (!chosen) return { candidates: [], passedOver };
  const unsafe = unsafeSubgroups(gpu);
  const candidates = chosen.graphs.flatMap((graph) => {
    const withSubgroups = graph.attention === "fused" && gpu.features.includes("subgroups");
    if (withSubgroups && unsafe) passedOver.push(unavailable("webgpu", unsafe, chosen, graph));
    const variants = withSubgroups && !unsafe ? [true, false] : [false];
    return variants.map((subgroups) => candidate("webgpu", chosen, graph, subgroups));
  });
  return { candidates, passedOver };
}

function planWasm({ artifacts }: Manifest): BackendPlan {
  const chosen = artifacts.find(({ devices }) => devices.includes("wasm"));
  if (!chosen) {
    return { candidates: [], passedOver: [unavailable("wasm", "the model has no artifact for WASM")] };
  }
  return {
    candidates: chosen.graphs.map((graph) => candidate("wasm", chosen, graph, false)),
    passedOver: [],
  };
}

function lacking({ requires }: Artifact, { features }: GpuCapabilities): string[] {
  return requires.filter((feature) => !features.includes(feature));
}

/** Why the GPU's subgroups are not used, or undefined when they are known to be safe. */
function unsafeSubgroups({ subgroupSizes: sizes }: GpuCapabilities): string | undefined {
  const { min, max } = SAFE_SUBGROUPS;
  if (!sizes) return "the GPU's subgroup sizes are not known";
  if (sizes.min >= min && sizes.max <= max) return undefined;
  return `subgroup sizes: expected ${min} to ${max}, got ${sizes.min} to ${sizes.max}`;
}

function candidate(
  executionProvider: ExecutionProvider,
  artifact: Artifact,
  graph: Graph,
  subgroups: boolean,
): Candidate {
  return { executionProvider, artifact, graph, subgroups };
}

/** With a graph: that graph with subgroups, without them it is tried. */
function unavailable(
  executionProvider: ExecutionProvider,
  detail: string,
  artifact?: Artifact,
  graph?: Graph,
): Attempt {
  return {
    executionProvider,
    dtype: artifact?.dtype,
    attention: graph?.attention,
    subgroups: graph !== undefined,
    outcome: "unavailable",
    detail,
    checkedPairs: 0,
    maxError: undefined,
  };
}
