import type { Device } from "../shared/contract";

/** What a person or a page may ask for. */
export const DEVICES: readonly Device[] = ["auto", "webgpu", "wasm"];
