import type { Device } from "../shared/contract";
import type { ElementLocale } from "./element-locale";

/** What a first load of the demonstration model fetches, in bytes: without the GPU, and in the two ways with it. */
export interface DemonstrationBytes {
  plain: number;
  jspi: number;
  asyncify: number;
}

/** Set by the library's build. */
declare const __DEMONSTRATION_BYTES__: DemonstrationBytes;

const BYTES_PER_MB = 1e6;

/**
 * What the button says before a model is there: with its size where that is known without asking.
 *
 * @param device for the demonstration model; undefined for any other one
 */
export function loadButtonWords(device: Device | undefined, { strings, formats }: ElementLocale): string {
  if (device === undefined) return strings.loadModel;
  const gpu = device !== "wasm" && "gpu" in navigator;
  const withGpu = "Suspending" in WebAssembly ? "jspi" : "asyncify";
  const bytes = __DEMONSTRATION_BYTES__[gpu ? withGpu : "plain"];
  const megabytes = formats.count(bytes / BYTES_PER_MB);
  return gpu ? strings.loadModelOfAbout(megabytes) : strings.loadModelOf(megabytes);
}
