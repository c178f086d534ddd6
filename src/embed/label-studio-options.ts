import type { Device } from "../shared/contract";
import type { Annotation, Store, Task } from "./label-studio-store";
import type { TextFields } from "./label-studio-texts";

/** What to score, with what, and which controls a press may fill. */
export interface RewardsOptions extends TextFields {
  /** Address of a model folder. @default the demonstration model: it is no judge of anything */
  model?: string;
  /** score = alpha × reward. @default the model's own */
  alpha?: number;
  device?: Device;
  /** Where the worker, ONNX Runtime and the demonstration model lie. @default beside this script */
  base?: string;
  /** Name of the Pairwise tag that compares the two responses. */
  pairwise?: string;
  /** A Choices tag, and for each response's field its choice when that response is the best. */
  choices?: { name: string; of: Readonly<Record<string, string>> };
  /** For each response's field its Rating tag, and the least scores for 2 stars, 3 stars and so on. */
  rating?: { of: Readonly<Record<string, string>>; atLeast: readonly number[] };
  /** The task on show. @default what Label Studio has on show at any time */
  task?: Task;
  /** The annotation on show: the panel goes when another one is chosen. @default any */
  annotation?: Annotation;
  /** @default `window.Htx`, whatever it is at any time */
  store?: Store;
}

/**
 * @throws TypeError — a field that is named for a control is none of the responses
 * @throws RangeError — too few or too many responses, or thresholds that do not rise
 */
export function checkOptions({ responses, pairwise, choices, rating }: RewardsOptions): void {
  if (responses.length === 0) throw new RangeError("responses: expected one field at least, got none");
  if (pairwise !== undefined && responses.length !== 2) {
    throw new RangeError(`pairwise: expected 2 responses, got ${responses.length}`);
  }
  for (const [name, map] of Object.entries({ choices, rating })) {
    const stranger = Object.keys(map?.of ?? {}).find((field) => !responses.includes(field));
    if (stranger !== undefined) {
      throw new TypeError(`${name}: expected one of ${responses.join(", ")}, got ${stranger}`);
    }
  }
  const rises = ({ atLeast }: { atLeast: readonly number[] }) =>
    atLeast.every((least, at) => Number.isFinite(least) && (at === 0 || least > atLeast[at - 1]!));
  if (rating && !rises(rating)) {
    throw new RangeError(`rating: expected rising thresholds, got ${rating.atLeast.join(", ")}`);
  }
}
