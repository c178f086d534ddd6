import type { Device } from "../shared/contract";

/** What the gallery's live parts are given. */
export interface LiveTexts {
  prompt: string;
  responses: readonly string[];
  /** Address of the model's folder. */
  model: string;
  device: Device;
}
