/** The only file of the engine that imports ONNX Runtime. */

import asyncifyMjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import asyncifyWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspiMjs from "onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url";
import jspiWasm from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import plainMjs from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import plainWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { encodeOnnx, OnnxType } from "../convert/onnx";
import type { RuntimeBuild } from "./runtime-files";

export type Ort = typeof import("onnxruntime-web/wasm");

const BUILDS: Record<RuntimeBuild, { load: () => Promise<Ort>; mjs: string; wasm: string }> = {
  jspi: { load: () => import("onnxruntime-web/jspi"), mjs: jspiMjs, wasm: jspiWasm },
  asyncify: { load: () => import("onnxruntime-web/webgpu"), mjs: asyncifyMjs, wasm: asyncifyWasm },
  plain: { load: () => import("onnxruntime-web/wasm"), mjs: plainMjs, wasm: plainWasm },
};

/** Where a build's WebAssembly is served: our own origin. */
export function runtimeUrl(build: RuntimeBuild): string {
  return absolute(BUILDS[build].wasm);
}

/**
 * Fetch the scripts of a build, which it would ask for only when its WebAssembly is there. What fails here
 * fails again at {@link startRuntime}, and is told there.
 */
export function prefetchScripts(build: RuntimeBuild): void {
  const { load, mjs } = BUILDS[build];
  for (const script of [load(), import(/* @vite-ignore */ absolute(mjs))]) script.catch(() => undefined);
}

/**
 * ONNX Runtime with its WebAssembly compiled and its threads started, once for a build. Its own door to that
 * is a session, and a model's would wait for the weights: so this makes one of a graph that computes nothing.
 *
 * @param wasmBinary what is at {@link runtimeUrl}, checked
 * @throws whatever the runtime throws
 */
export async function startRuntime(
  build: RuntimeBuild,
  wasmBinary: Uint8Array<ArrayBuffer>,
  threads: number,
): Promise<Ort> {
  const { load, mjs } = BUILDS[build];
  const ort = await load();
  Object.assign(ort.env.wasm, { numThreads: threads, wasmBinary, wasmPaths: { mjs: absolute(mjs) } });
  ort.env.logLevel = "error";
  const session = await ort.InferenceSession.create(emptyGraph(), { executionProviders: ["wasm"] });
  delete ort.env.wasm.wasmBinary; // compiled by now
  await session.release();
  return ort;
}

function emptyGraph(): Uint8Array<ArrayBuffer> {
  const value = { name: "x", type: OnnxType.float, dims: [1] };
  return encodeOnnx({
    name: "empty",
    nodes: [],
    initializers: [],
    inputs: [value],
    outputs: [value],
    opsets: { "": 17 },
  });
}

function absolute(url: string): string {
  return new URL(url, globalThis.location.href).href;
}
