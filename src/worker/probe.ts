import type { Device } from "../shared/contract";
import type { Capabilities, GpuCapabilities } from "./capabilities";
import { requestGpuAdapter } from "./gpu-device";

/** Find out what this browser can do. Never rejects. @param device `wasm` leaves the GPU alone */
export async function probe(device: Device = "auto", oneThread = false): Promise<Capabilities> {
  return {
    gpu: device === "wasm" ? { unavailable: "not asked for" } : await probeGpu(),
    jspi: "Suspending" in WebAssembly,
    crossOriginIsolated: globalThis.crossOriginIsolated === true,
    cores: globalThis.navigator?.hardwareConcurrency ?? 1,
    oneThread,
  };
}

async function probeGpu(): Promise<Capabilities["gpu"]> {
  try {
    if (!globalThis.navigator?.gpu) return { unavailable: "this browser has no WebGPU here" };
    const adapter = await requestGpuAdapter();
    return adapter ? describe(adapter) : { unavailable: "no WebGPU adapter" };
  } catch (error) {
    return { unavailable: `WebGPU failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function describe(adapter: GPUAdapter): GpuCapabilities {
  const { vendor, architecture, device, description, subgroupMinSize, subgroupMaxSize } = adapter.info;
  const { isFallbackAdapter } = adapter.info as Partial<GPUAdapterInfo>; // not every browser tells
  const words = [vendor, architecture, device, description].filter((word) => word);
  return {
    adapter: words.join(" ") || "unnamed GPU",
    software: isFallbackAdapter === true,
    features: [...adapter.features],
    subgroupSizes:
      subgroupMinSize && subgroupMaxSize ? { min: subgroupMinSize, max: subgroupMaxSize } : undefined,
  };
}
