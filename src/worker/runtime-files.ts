import type { ExecutionProvider } from "../shared/contract";
import type { FileEntry } from "../shared/manifest";
import type { Capabilities } from "./capabilities";

/** A build of ONNX Runtime: `jspi` and `asyncify` have WebGPU, `plain` is smaller and faster without. */
export type RuntimeBuild = "jspi" | "asyncify" | "plain";

/** The WebAssembly of each build of onnxruntime-web 1.30.0, to be checked like the files of a model. */
export const RUNTIME_FILES: Record<RuntimeBuild, FileEntry> = {
  jspi: {
    path: "ort-wasm-simd-threaded.jspi.wasm",
    bytes: 16_758_545,
    sha256: "a54c76f86b0f0d9572380cf1c6292a7b3903716ffcbcd6b0e5c7050bf430eb93",
  },
  asyncify: {
    path: "ort-wasm-simd-threaded.asyncify.wasm",
    bytes: 26_781_914,
    sha256: "39f9f0894d478800487ed9f7dbe92618498db320cf55c8e3d89adff8dce658da",
  },
  plain: {
    path: "ort-wasm-simd-threaded.wasm",
    bytes: 14_239_897,
    sha256: "3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2",
  },
};

export function chooseRuntime(provider: ExecutionProvider, { jspi }: Capabilities): RuntimeBuild {
  if (provider === "wasm") return "plain";
  return jspi ? "jspi" : "asyncify";
}
