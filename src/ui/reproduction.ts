import { revisionOf } from "../shared/revision-of";
import type { Result } from "./result";
import { isCurrent, type Reading, type Sheet } from "./sheet";

/** How the rewards of a file compare with those given here. */
export interface Reproduction {
  /** Results of the model in use, in the same dtype, that have been scored here too. */
  compared: number;
  /** Largest difference among them, in reward units. */
  maxDifference: number;
  /** Results of another model or dtype, which say nothing beside these. */
  foreign: number;
}

/** Hold the results that a file came with against the rewards on the page. */
export function reproduce(sheet: Sheet, results: readonly Result[]): Reproduction {
  const here = new Map(
    sheet.rows.flatMap((row) => (row.reading && isCurrent(sheet, row) ? [[row.response, row.reading]] : [])),
  );
  const found = results.flatMap((result) => {
    const reading = result.prompt === sheet.prompt ? here.get(result.response) : undefined;
    return reading ? [{ result, reading }] : [];
  });
  const own = found.filter(({ result, reading }) => isComparable(result, reading));
  const differences = own.map(({ result, reading }) => Math.abs(result.reward - reading.reward.reward));
  return {
    compared: own.length,
    maxDifference: Math.max(0, ...differences),
    foreign: found.length - own.length,
  };
}

function isComparable({ model, repository, revision, dtype }: Result, { model: loaded }: Reading): boolean {
  const { name, source } = loaded.manifest;
  if (dtype !== loaded.dtype) return false;
  return model === name && repository === source.repository && revision === revisionOf(source);
}
