import type { Device } from "../shared/contract";
import { deviceOf } from "./devices";
import type { EngineOptions } from "./engine-pool";
import { libraryBase } from "./library-base";

/** What an element says of its model; see its attributes. */
export interface AskedEngine {
  model: string | null | undefined;
  device: Device | null | undefined;
  base: string | null | undefined;
}

/**
 * Addresses made absolute, and what is not said filled in. An empty device says nothing.
 *
 * @throws TypeError — `model` or `base` is no address, or `device` none
 */
export function engineOptions({ model, device, base }: AskedEngine): EngineOptions {
  const library = addressOf("base", base ?? libraryBase(), document.baseURI);
  const folder =
    model == null ? new URL("models/demo/", library).href : addressOf("model", model, document.baseURI);
  return { model: folder, device: deviceOf(device || "auto"), base: library };
}

function addressOf(name: string, address: string, base: string): string {
  if (!URL.canParse(address, base)) throw new TypeError(`${name}: expected an address, got ${address}`);
  return new URL(address, base).href;
}
