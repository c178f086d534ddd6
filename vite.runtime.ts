import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Plugin } from "vite";
import { RUNTIME_FILES, type RuntimeBuild } from "./src/worker/runtime-files.ts";

/** Higher ones save another 0.5 % and take three times as long. */
const LEVEL = 19;

/** Compressing takes seconds: what was compressed once is kept here. */
const KEPT = join(import.meta.dirname, ".cache/runtime");

const COMPRESSOR = join(import.meta.dirname, "scripts/compress-zstd.mjs");

/** Who asks for its address. */
const WORKER = "/src/worker/runtime.ts";

const RUNTIME = /^onnxruntime-web\/(ort-wasm-[^?]*\.wasm)\?url$/;

const require = createRequire(import.meta.url);

/**
 * A build has ONNX Runtime's WebAssembly compressed by zstd, which is a third less than hosts make of it, if
 * they compress at all. No host takes `.zstd` for a content encoding, so the worker gets it as it is.
 */
export const compressedRuntime: Plugin = {
  name: "compressed-runtime",
  apply: "build",
  enforce: "pre",
  config: async () => ({ define: { __RUNTIME_BYTES__: JSON.stringify(await runtimeBytes()) } }),
  async resolveId(source, importer) {
    const [, file] = RUNTIME.exec(source) ?? [];
    if (!file || !importer?.endsWith(WORKER)) return undefined;
    return `${await compressed(file)}?url`;
  },
};

/** What is sent of each build of ONNX Runtime. */
export async function runtimeBytes(): Promise<Record<RuntimeBuild, number>> {
  const bytes = async (build: RuntimeBuild) => statSync(await compressed(RUNTIME_FILES[build].path)).size;
  const [plain, jspi, asyncify] = await Promise.all([bytes("plain"), bytes("jspi"), bytes("asyncify")]);
  return { plain, jspi, asyncify };
}

/** @param file of ONNX Runtime */
async function compressed(file: string): Promise<string> {
  const bytes = readFileSync(require.resolve(`onnxruntime-web/${file}`));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const folder = join(KEPT, `${hash}-${LEVEL}`);
  const kept = join(folder, `${file}.zstd`);
  if (existsSync(kept)) return kept;
  const worker = new Worker(COMPRESSOR, { workerData: { bytes, level: LEVEL } });
  const [result] = await once(worker, "message"); // rejects on the worker's error
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, result);
  renameSync(`${kept}.${process.pid}`, kept);
  return kept;
}
