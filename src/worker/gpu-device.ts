import { timeBox } from "../shared/time-box";

/**
 * Longest wait for an adapter or a device, in milliseconds. Starting the GPU's process takes a busy machine
 * a few seconds; a driver that hangs never answers, and the CPU is to have its turn.
 */
const GPU_ANSWER_MS = 20_000;

/** Limits that ONNX Runtime's kernels make use of: the adapter's own, not the defaults. */
const LIMITS = [
  "maxBindGroups",
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
] as const;

/** @throws DOMException `TimeoutError` — no answer */
export function requestGpuAdapter(): Promise<GPUAdapter | null> {
  return timeBox(navigator.gpu.requestAdapter({ powerPreference: "high-performance" }), GPU_ANSWER_MS);
}

/**
 * Make the device that ONNX Runtime will use. Its kernels use whatever features the device has, so it
 * gets those named here and no others.
 *
 * @throws when there is no adapter any more, or it refuses or does not answer
 */
export async function createGpuDevice(features: readonly string[]): Promise<GPUDevice> {
  const adapter = await requestGpuAdapter();
  if (!adapter) throw new Error("no WebGPU adapter");
  const request = adapter.requestDevice({
    requiredFeatures: features as GPUFeatureName[],
    requiredLimits: readLimits(adapter),
  });
  return timeBox(request, GPU_ANSWER_MS);
}

/** The limits we ask for, as this adapter has them. */
function readLimits(adapter: GPUAdapter): Record<string, number> {
  return Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
}
