import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseManifest } from "../shared/manifest";
import { downloadBytes } from "./download-bytes";

const folder = new URL("../../public/models/demo/", import.meta.url);
const runtimes = new URL("../../node_modules/onnxruntime-web/dist/", import.meta.url);

const sizeOf = (...files: URL[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);
const model = (...names: string[]) =>
  sizeOf(...["tokenizer.json", "tokenizer_config.json", ...names].map((name) => new URL(name, folder)));

describe("downloadBytes", () => {
  const bytes = downloadBytes(parseManifest(readFileSync(new URL("reward.json", folder), "utf8")));

  it("counts the files of the int8 model for WASM", () => {
    const runtime = sizeOf(new URL("ort-wasm-simd-threaded.wasm", runtimes));
    expect(bytes.plain).toBe(runtime + model("onnx/model_quantized.onnx", "onnx/model_quantized.onnx_data"));
  });

  it.each(["jspi", "asyncify"] as const)("counts those of the model for WebGPU with %s", (build) => {
    const runtime = sizeOf(new URL(`ort-wasm-simd-threaded.${build}.wasm`, runtimes));
    expect(bytes[build]).toBe(
      runtime + model("onnx/model_w8.onnx", "onnx/model_w8_plain.onnx", "onnx/model_w8.onnx_data"),
    );
  });
});
