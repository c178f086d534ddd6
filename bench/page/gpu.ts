/** What the browser would compute on; undefined without WebGPU. */
export async function findGpu(): Promise<GPUAdapter | undefined> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  return adapter ?? undefined;
}

/** In words, as the browser names it. */
export function describeGpu({ info, features }: GPUAdapter): string {
  const f16 = features.has("shader-f16") ? "with" : "without";
  return `${info.vendor} ${info.architecture} ${info.description}`.trim().concat(`, ${f16} shader-f16`);
}
