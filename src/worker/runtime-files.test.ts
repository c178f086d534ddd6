import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { chooseRuntime, RUNTIME_FILES } from "./runtime-files";

describe("RUNTIME_FILES", () => {
  it.each(Object.values(RUNTIME_FILES))("describes $path as installed", async ({ path, bytes, sha256 }) => {
    const file = await readFile(new URL(`../../node_modules/onnxruntime-web/dist/${path}`, import.meta.url));
    expect({ bytes: file.length, sha256: createHash("sha256").update(file).digest("hex") }).toEqual({
      bytes,
      sha256,
    });
  });
});

describe("chooseRuntime", () => {
  it.each([
    { provider: "webgpu", jspi: true, build: "jspi" },
    { provider: "webgpu", jspi: false, build: "asyncify" },
    { provider: "wasm", jspi: true, build: "plain" },
  ] as const)("takes $build for $provider (JSPI $jspi)", ({ provider, jspi, build }) => {
    const machine = { gpu: { unavailable: "" }, crossOriginIsolated: false, cores: 1, oneThread: false };
    expect(chooseRuntime(provider, { ...machine, jspi })).toBe(build);
  });
});
