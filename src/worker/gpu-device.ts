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

export function requestGpuAdapter(): Promise<GPUAdapter | null> {
  return navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
}

/** The limits we ask for, as this adapter has them. */
export function readLimits(adapter: GPUAdapter): Record<string, number> {
  return Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
}

/**
 * Make the device that ONNX Runtime will use. Its kernels use whatever features the device has, so it
 * gets those named here and no others.
 *
 * @throws when there is no adapter any more or it refuses
 */
export async function createGpuDevice(features: readonly string[]): Promise<GPUDevice> {
  const adapter = await requestGpuAdapter();
  if (!adapter) throw new Error("no WebGPU adapter");
  return adapter.requestDevice({
    requiredFeatures: features as GPUFeatureName[],
    requiredLimits: readLimits(adapter),
  });
}
