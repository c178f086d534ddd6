import type { Device } from "../shared/contract";

/** What a person or a page may ask for. */
export const DEVICES: readonly Device[] = ["auto", "webgpu", "wasm"];

/** @throws TypeError — there is no such device */
export function deviceOf(name: string): Device {
  const device = DEVICES.find((one) => one === name);
  if (!device) throw new TypeError(`device: expected auto, webgpu or wasm, got ${name}`);
  return device;
}
