import asyncifyMjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import asyncifyWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspiMjs from "onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url";
import jspiWasm from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import type { Artifact, Dtype, Manifest } from "../../src/shared/manifest";
import { createGpuDevice } from "../../src/worker/gpu-device";
import { planCandidates } from "../../src/worker/plan";
import { probe } from "../../src/worker/probe";
import { type AttentionShape, attentionCase } from "../../test/attention-case";
import { kernelError } from "../../test/kernel-case";
import { type MatMulNBitsShape, matMulNBitsCase } from "../../test/mat-mul-n-bits-case";
import { editShaders, type ShaderEdits } from "./shader-edits";

type Ort = typeof import("onnxruntime-web/webgpu");

export type Bundle = "jspi" | "asyncify";
export type KernelShape = AttentionShape | MatMulNBitsShape;

export interface Setup {
  bundle: Bundle;
  /** Make the device with the `subgroups` feature. */
  subgroups: boolean;
  edits?: ShaderEdits;
}

const BUNDLES: Record<Bundle, { load: () => Promise<Ort>; mjs: string; wasm: string }> = {
  jspi: { load: () => import("onnxruntime-web/jspi"), mjs: jspiMjs, wasm: jspiWasm },
  asyncify: { load: () => import("onnxruntime-web/webgpu"), mjs: asyncifyMjs, wasm: asyncifyWasm },
};

/** The error of each call on ONNX Runtime's WebGPU kernels; one bundle and one device a page. */
async function measure(setup: Setup, shapes: readonly KernelShape[]): Promise<number[]> {
  const ort = await openRuntime(setup.bundle);
  const device = await createGpuDevice(setup.subgroups ? ["subgroups"] : []);
  editShaders(device, setup.edits ?? {});
  const errors: number[] = [];
  for (const shape of shapes) {
    const kernel = shape.op === "MatMulNBits" ? matMulNBitsCase(shape) : attentionCase(shape);
    const session = await ort.InferenceSession.create(kernel.graph, {
      executionProviders: [{ name: "webgpu", device }],
      logSeverityLevel: 3,
    });
    const feeds = Object.entries(kernel.inputs).map(([name, { dims, data }]) => [
      name,
      new ort.Tensor("float32", data, dims),
    ]);
    const { output } = await session.run(Object.fromEntries(feeds));
    errors.push(kernelError(kernel, output!.data as Float32Array));
    await session.release();
  }
  return errors;
}

async function openRuntime(bundle: Bundle): Promise<Ort> {
  const { load, mjs, wasm } = BUNDLES[bundle];
  const ort = await load();
  ort.env.wasm.wasmPaths = { mjs: new URL(mjs, location.href).href, wasm: new URL(wasm, location.href).href };
  ort.env.logLevel = "error";
  return ort;
}

/** 8 sequences of 16 to 128 tokens. */
const BATCH = { lengths: [16, 24, 32, 48, 64, 80, 96, 128], longest: 128 };

/**
 * Dispatches of one run of a model's fused graph over a batch, on a device like the engine's. ONNX Runtime
 * tells the console where it places every node.
 *
 * @param folder URL of the model folder
 */
async function countDispatches(folder: string, dtype: Dtype): Promise<number> {
  const ort = await openRuntime("jspi");
  ort.env.logLevel = "verbose";
  const device = await createGpuDevice([]);
  const read = async (path: string) =>
    new Uint8Array(await (await fetch(new URL(path, folder))).arrayBuffer());
  const manifest: Manifest = await (await fetch(new URL("reward.json", folder))).json();
  const { graphs, weights } = manifest.artifacts.find((artifact) => artifact.dtype === dtype)!;
  const externalData = weights.map(async ({ path }) => ({
    path: path.split("/").at(-1)!,
    data: await read(path),
  }));
  const session = await ort.InferenceSession.create(
    await read(graphs.find(({ attention }) => attention === "fused")!.path),
    {
      executionProviders: [{ name: "webgpu", device }],
      externalData: await Promise.all(externalData),
      graphOptimizationLevel: "all",
      logSeverityLevel: 0,
    },
  );
  const dims = [BATCH.lengths.length, BATCH.longest];
  const mask = BATCH.lengths.flatMap((length) =>
    Array.from({ length: BATCH.longest }, (_, at) => BigInt(Number(at < length))),
  );
  const counted = countCalls(GPUComputePassEncoder.prototype, "dispatchWorkgroups");
  await session.run({
    input_ids: new ort.Tensor(
      "int64",
      BigInt64Array.from(mask, (_, at) => BigInt(at % 100)),
      dims,
    ),
    attention_mask: new ort.Tensor("int64", BigInt64Array.from(mask), dims),
  });
  return counted.calls;
}

function countCalls<K extends string>(object: Record<K, (...args: never) => unknown>, name: K) {
  const counted = { calls: 0 };
  const original = object[name];
  object[name] = function (this: unknown, ...args: never) {
    counted.calls++;
    return original.apply(this, args);
  };
  return counted;
}

/** Whether the engine, with a graph whose attention is fused, makes its device with subgroups here. */
async function engineUsesSubgroups(): Promise<boolean> {
  const graph = { path: "fused.onnx", bytes: 0, sha256: "", attention: "fused" } as const;
  const artifact = {
    dtype: "fp32",
    devices: ["webgpu"],
    requires: [],
    graphs: [graph],
  } as unknown as Artifact;
  const { candidates } = planCandidates(
    await probe(),
    { artifacts: [artifact] } as unknown as Manifest,
    "webgpu",
  );
  return candidates[0]!.subgroups;
}

const kernels = { measure, countDispatches, engineUsesSubgroups };

declare global {
  interface Window {
    kernels: typeof kernels;
  }
}

window.kernels = kernels;
