/** What this browser can do, as plain data. */
export interface Capabilities {
  /** The GPU, or why there is none. */
  gpu: GpuCapabilities | { unavailable: string };
  /** Whether WebAssembly can wait for promises (`WebAssembly.Suspending`). */
  jspi: boolean;
  crossOriginIsolated: boolean;
  /** Logical processors. */
  cores: number;
  /** Whether more threads are of no use in this browser. */
  oneThread: boolean;
}

export interface GpuCapabilities {
  /** In words, as the browser names it. */
  adapter: string;
  /** Whether it is no hardware: the CPU does its work, slower than WASM would. */
  software: boolean;
  features: readonly string[];
  /** Undefined when the browser does not tell. */
  subgroupSizes: { min: number; max: number } | undefined;
}
