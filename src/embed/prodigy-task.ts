import { compareRewards } from "../shared/compare-rewards";
import { revisionOf } from "../shared/revision-of";
import { tieWithin } from "../shared/tie-within";
import { expectText } from "./expect-text";
import type { AllScores, LabelledResponse } from "./scored-responses";

/** An option of a `choice` task. */
export interface ProdigyOption {
  id: string | number;
  [field: string]: unknown;
}

/** A task as Prodigy's page has it: what `prodigy.update` changes, and what is saved. */
export interface ProdigyTask {
  _task_hash?: number;
  options?: readonly ProdigyOption[];
  [field: string]: unknown;
}

declare global {
  interface Window {
    /** What Prodigy's page offers to scripts. */
    prodigy?: {
      content?: ProdigyTask | null;
      /** Merges the changes into the task, and sends `prodigyupdate`. */
      update(changes: Partial<ProdigyTask>): void;
    };
  }
}

/** The fields that have the texts. */
export interface TaskFields {
  prompt: string;
  response: string;
}

/** What is to be scored in a task. */
export interface TaskTexts {
  prompt: string;
  /** The options in order, or the one response, which has no label. */
  responses: readonly LabelledResponse[];
}

/**
 * The texts of a task, exactly as they are.
 *
 * @throws TypeError — a text is missing, or no string
 */
export function taskTexts(task: ProdigyTask, fields: TaskFields): TaskTexts {
  const prompt = expectText(task[fields.prompt], "task", fields.prompt);
  if (!task.options?.length) {
    const text = expectText(task[fields.response], "task", fields.response);
    return { prompt, responses: [{ label: "", text }] };
  }
  const responses = task.options.map((option, at) => {
    const label = String(at + 1);
    return { label, text: expectText(option.text, `option ${label}`, "text") };
  });
  return { prompt, responses };
}

/**
 * What to change in a task for it to carry its scores, named as `reward-scorer score --format prodigy` names
 * them: `reward_response`, `reward_score_response` and so on, or lists in `reward_options` and so on.
 */
export function scoreChanges(
  task: ProdigyTask,
  { scores, alpha, model }: AllScores,
  { response }: TaskFields,
): Partial<ProdigyTask> {
  const many = Boolean(task.options?.length);
  const field = many ? "options" : response;
  const all = <T>(values: T[]) => (many ? values : values[0]);
  const rewards = scores.map(({ reward }) => reward);
  const { margin } = compareRewards(rewards, tieWithin(model.manifest.goldens));
  return {
    [`reward_${field}`]: all(rewards),
    [`reward_score_${field}`]: all(scores.map(({ score }) => score)),
    [`reward_tokens_${field}`]: all(scores.map(({ tokens }) => tokens)),
    [`reward_truncated_${field}`]: all(scores.map(({ truncated }) => truncated)),
    ...(margin !== undefined && { reward_margin: margin }),
    reward_model: model.manifest.name,
    reward_revision: revisionOf(model.manifest.source),
    reward_dtype: model.dtype,
    reward_backend: model.executionProvider,
    reward_alpha: alpha,
  };
}

/** What to change for a task to carry no scores any more, whoever wrote them; undefined where it carries none. */
export function withdrawal(task: ProdigyTask): Partial<ProdigyTask> | undefined {
  if (task.reward_model == null) return undefined;
  const fields = Object.keys(task).filter((field) => field.startsWith("reward_"));
  return Object.fromEntries(fields.map((field) => [field, null]));
}

/** Whether a task has these changes already. */
export function carries(task: ProdigyTask, changes: Partial<ProdigyTask>): boolean {
  return Object.entries(changes).every(([field, value]) => same(task[field], value));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
