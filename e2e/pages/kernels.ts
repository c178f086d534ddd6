import asyncifyMjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import asyncifyWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspiMjs from "onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url";
import jspiWasm from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import type { Artifact, Manifest } from "../../src/shared/manifest";
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

const kernels = { measure, engineUsesSubgroups };

declare global {
  interface Window {
    kernels: typeof kernels;
  }
}

window.kernels = kernels;
