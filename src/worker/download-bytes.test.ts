import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseManifest } from "../shared/manifest";
import { downloadBytes } from "./download-bytes";

const folder = new URL("../../public/models/demo/", import.meta.url);
const RUNTIME_BYTES = { plain: 100, jspi: 200, asyncify: 300 };

const sizeOf = (...files: URL[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);
const model = (...names: string[]) =>
  sizeOf(...["tokenizer.json", "tokenizer_config.json", ...names].map((name) => new URL(name, folder)));

describe("downloadBytes", () => {
  const bytes = downloadBytes(
    parseManifest(readFileSync(new URL("reward.json", folder), "utf8")),
    RUNTIME_BYTES,
  );

  it("counts the files of the int8 model for WASM", () => {
    expect(bytes.plain).toBe(100 + model("onnx/model_quantized.onnx", "onnx/model_quantized.onnx_data"));
  });

  it.each(["jspi", "asyncify"] as const)("counts those of the model for WebGPU with %s", (build) => {
    expect(bytes[build]).toBe(
      RUNTIME_BYTES[build] +
        model("onnx/model_w8.onnx", "onnx/model_w8_plain.onnx", "onnx/model_w8.onnx_data"),
    );
  });
});
