import { fixed } from "../shared/fixed";
import { kindOf } from "../shared/found";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, ReadRow, ScoredRow } from "./format";
import { isFields } from "./is-fields";
import { type Judge, versionOf } from "./judge";
import { readPairFields } from "./pair-fields";
import { readListTexts } from "./read-list";
import { hasOurRewards } from "./reward-fields";

/**
 * Tasks of Prodigy. The response is in `response`, or in `text`. With `options` these are the responses, to
 * `prompt` or `text`, and the best is accepted beforehand. `meta` shows the score.
 */
export const prodigy: Format = {
  rows: "json",
  open: (options) => ({ read: (task) => readTask(task, options), annotate }),
};

function readTask(task: Fields, options: FormatOptions): ReadRow | string {
  const meta = fieldOf(task, "meta") ?? {};
  if (!isFields(meta)) return `expected meta, an object, found ${kindOf("meta", meta)}`;
  if (Object.hasOwn(meta, "score") && !hasOurRewards(task)) {
    return "expected no meta.score, found one of another program";
  }
  if (!Object.hasOwn(task, "options")) {
    const response = Object.hasOwn(task, "response") ? "response" : "text";
    return readPairFields(task, options.prompt ?? "prompt", options.responses ?? [response], options);
  }
  const name = options.prompt ?? (Object.hasOwn(task, "prompt") ? "prompt" : "text");
  const prompt = fieldOf(task, name);
  if (typeof prompt !== "string") return `expected ${name}, a string, found ${kindOf(name, prompt)}`;
  const responses = readListTexts(task, "options", "text");
  if (typeof responses === "string") return responses;
  return { pairs: responses.map((response, at) => ({ prompt, response, field: "options", at })) };
}

function annotate(task: Fields, scored: ScoredRow, judge: Judge): Fields {
  const scores = scored.pairs.map(({ score }) => score);
  const meta = { ...(fieldOf(task, "meta") ?? {}), score: Math.max(...scores), model: versionOf(judge) };
  const options = fieldOf(task, "options") as Fields[] | undefined;
  if (!options) return { ...task, meta };
  const earlier = (fieldOf(task, "reward_score_options") ?? []) as number[];
  const accepted = scored.best === undefined ? [] : [fieldOf(options[scored.best]!, "id")];
  return {
    ...task,
    options: options.map((option, at) => withScore(option, scores[at]!, earlier[at])),
    ...(isOpen(task) && { accept: accepted }),
    meta,
  };
}

/** Prodigy shows an option's meta below its text; one of another program stays. */
function withScore(option: Fields, score: number, earlier: number | undefined): Fields {
  const found = fieldOf(option, "meta");
  const isOurs = earlier !== undefined && found === fixed(earlier, 2);
  return found === undefined || isOurs ? { ...option, meta: fixed(score, 2) } : option;
}

/** Whether nobody has answered yet: an answer is a person's, and stays. */
function isOpen(task: Fields): boolean {
  const accept = fieldOf(task, "accept");
  const chosen = Array.isArray(accept) && accept.length > 0;
  return !Object.hasOwn(task, "answer") && (!chosen || hasOurRewards(task));
}
