import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bytes } from "./mutate-bytes";

const ROOT = join(import.meta.dirname, "..");

/** A sound file of the repository. */
export function seedBytes(path: string): Bytes {
  return Uint8Array.from(readFileSync(join(ROOT, path)));
}

export function seedJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
}
