import { agreementOf } from "./agreement";
import { type Evaluation, formatEvaluation, toJson } from "./evaluation";
import { findUnmetLabel } from "./label-counts";
import { openPreferences, type PreferenceFile, type PreferenceOptions } from "./open-preferences";
import { tell } from "./printable";
import { scoreDistinct } from "./score-distinct";

export interface EvaluateOptions extends PreferenceOptions {
  model: string;
  /** JSON in place of the table. */
  json?: boolean;
}

/**
 * `reward-scorer evaluate`: how far a model agrees with what people preferred, by file and in all.
 *
 * @returns the exit code: 1 when a row was skipped, a file compares nothing, or no row has a label asked for
 */
export async function evaluate(
  paths: readonly string[],
  { model, json = false, ...options }: EvaluateOptions,
): Promise<number> {
  const files: PreferenceFile[] = [];
  for (const path of paths) files.push(await openPreferences(path, options));
  for (const file of files) tellSkipped(file);
  const unmet = findUnmetLabel(files, options);
  if (unmet !== undefined) tell(unmet);
  const comparisons = files.flatMap((file) => file.comparisons);
  const rewards = await scoreDistinct(
    model,
    comparisons.flatMap(({ preferred, other }) => [preferred, other]),
  );
  const evaluation: Evaluation = {
    judge: rewards.judge,
    options,
    files: files.map((file) => ({ ...file, agreement: agreementOf(file.comparisons, rewards) })),
    all: agreementOf(comparisons, rewards),
  };
  console.log(json ? toJson(evaluation) : formatEvaluation(evaluation));
  const compared = files.every((file) => file.skipped.length === 0 && file.comparisons.length > 0);
  return compared && unmet === undefined ? 0 : 1;
}

function tellSkipped({ path, comparisons, skipped }: PreferenceFile): void {
  for (const { place, problem } of skipped) tell(`${path}: ${place}: ${problem}`);
  if (comparisons.length === 0) tell(`${path}: expected preferences, found nothing to compare`);
}
