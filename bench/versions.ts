import { readFileSync } from "node:fs";
import { join } from "node:path";

const THEIRS = "@huggingface/transformers";

/** Both engines' versions in words. */
export function versions(): string {
  return `ONNX Runtime ${versionOf("onnxruntime-web")}; transformers.js ${versionOf(THEIRS)} with ONNX Runtime ${versionOf(`${THEIRS}/node_modules/onnxruntime-web`)}`;
}

function versionOf(name: string): string {
  const path = join(import.meta.dirname, "../node_modules", name, "package.json");
  return JSON.parse(readFileSync(path, "utf8")).version;
}
