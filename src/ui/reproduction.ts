import type { LoadedModel } from "../shared/contract";
import { revisionOf } from "../shared/revision-of";
import type { Result } from "./result";
import { isCurrent, type Sheet } from "./sheet";

/** How the rewards of a file compare with those given here. */
export interface Reproduction {
  /** Results of the model in use, in the same dtype, that have been scored here too. */
  compared: number;
  /** Largest difference among them, in reward units. */
  maxDifference: number;
  /** Results of another model or dtype, which say nothing beside these. */
  foreign: number;
}

/**
 * Hold the results that a file came with against the rewards that this model gave here. A blank response is no
 * pair, and has none.
 *
 * @returns undefined while one of them has none
 */
export function reproduce(
  sheet: Sheet,
  results: readonly Result[],
  model: LoadedModel,
): Reproduction | undefined {
  const here = new Map(
    sheet.rows.flatMap((row) =>
      row.reading?.model === model && isCurrent(sheet, row)
        ? [[row.response, row.reading.reward.reward]]
        : [],
    ),
  );
  const pairs = results.filter(({ response }) => response.trim() !== "");
  const found = pairs.flatMap((result) => {
    const reward = result.prompt === sheet.prompt ? here.get(result.response) : undefined;
    return reward === undefined ? [] : [{ result, reward }];
  });
  if (found.length < pairs.length) return undefined;
  const own = found.filter(({ result }) => isOf(model, result));
  const differences = own.map(({ result, reward }) => Math.abs(result.reward - reward));
  return {
    compared: own.length,
    maxDifference: Math.max(0, ...differences),
    foreign: found.length - own.length,
  };
}

function isOf(loaded: LoadedModel, { model, repository, revision, dtype }: Result): boolean {
  const { name, source } = loaded.manifest;
  if (dtype !== loaded.dtype) return false;
  return model === name && repository === source.repository && revision === revisionOf(source);
}
