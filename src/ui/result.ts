import * as v from "valibot";
import { quote } from "../shared/found";
import { revisionOf } from "../shared/revision-of";
import { scoreOf } from "../shared/score";
import type { ResultFault } from "./row-problem";
import { isCurrent, type Sheet } from "./sheet";

const finite = v.pipe(v.number(), v.finite());
const text = v.string();

const result = v.object({
  prompt: text,
  response: text,
  /** What the model returned, alpha not applied. */
  reward: finite,
  alpha: finite,
  /** alpha × reward. */
  score: finite,
  tokens: v.pipe(v.number(), v.integer(), v.minValue(0)),
  truncated: v.boolean(),
  /** The model folder's name. */
  model: text,
  /** Hub id or folder that the model was converted from. */
  repository: text,
  /** As of {@link revisionOf}: which weights they were. */
  revision: text,
  dtype: text,
  /** The execution provider. */
  backend: text,
});

/** One score as a file keeps it: with its texts and with all that is needed to get it again. */
export type Result = v.InferOutput<typeof result>;

/** The fields of a result, in the order files have them. */
export const RESULT_FIELDS = Object.keys(result.entries) as readonly (keyof Result)[];

/** @returns the result that the row of a file is, or what is wrong with it */
export function readResult(fields: Record<string, unknown>): Result | ResultFault {
  const parsed = v.safeParse(result, fields);
  if (parsed.success) return parsed.output;
  const field = v.getDotPath(parsed.issues[0])!;
  const value = fields[field];
  return { kind: "notResult", field, value: value === undefined ? undefined : quote(JSON.stringify(value)) };
}

/** The scores on show for texts now on the page, in the order written. */
export function toResults(sheet: Sheet, alpha: number): Result[] {
  return sheet.rows.flatMap((row) => {
    if (!row.reading || !isCurrent(sheet, row)) return [];
    const { pair, model } = row.reading;
    const { reward, tokens, truncated } = row.reading.reward;
    const { name, source } = model.manifest;
    return {
      ...pair,
      reward,
      alpha,
      score: scoreOf(reward, alpha),
      tokens,
      truncated,
      model: name,
      repository: source.repository,
      revision: revisionOf(source),
      dtype: model.dtype,
      backend: model.executionProvider,
    };
  });
}
