import type { Format } from "./format";
import { labelStudio } from "./label-studio";

/** Every format, by name. */
export const FORMATS = {
  "label-studio": labelStudio,
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
