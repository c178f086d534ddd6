import { fixed } from "../shared/fixed";
import { kindOf } from "../shared/found";
import { answerOf } from "./answer";
import { defaultResponses } from "./default-responses";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, Question, ReadRow, ScoredPair, ScoredRow } from "./format";
import { isFields } from "./is-fields";
import { type Judge, versionOf } from "./judge";
import { type Control, readLabelingConfig } from "./labeling-config";
import { readPairFields } from "./pair-fields";
import { levelOf } from "./quantiles";
import { confidenceNote } from "./rank-rows";
import { stableId } from "./stable-id";

/** Tasks of Label Studio, to import or exported: they get predictions for the controls of a labeling config. */
export const labelStudio: Format = {
  rows: "json",
  uses: ["questions", "config"],
  open(options) {
    if (options.config === undefined)
      throw new TypeError("label-studio: expected a labeling config, found none");
    const controls = readLabelingConfig(options.config);
    const questions = new Map((options.questions ?? []).map((question) => [question.name, question]));
    checkQuestions(controls, questions);
    return {
      notes: notesOn(controls, questions),
      home: "data",
      read: (task) => readTask(task, options, controls),
      note: (scored, judge) => noteOn(scored, judge, controls),
      annotate: (task, scored, judge) => addPrediction(task, scored, judge, controls, questions),
    };
  },
};

type Questions = ReadonlyMap<string, Question>;

function readTask(task: Fields, options: FormatOptions, controls: readonly Control[]): ReadRow | string {
  const data = fieldOf(task, "data");
  if (!isFields(data)) return `expected an object with data, found ${kindOf("data", data)}`;
  const predictions = fieldOf(task, "predictions");
  if (predictions !== undefined && !Array.isArray(predictions)) {
    return `expected predictions, a list, found ${kindOf("predictions", predictions)}`;
  }
  const responses = options.responses ?? comparedFields(controls) ?? defaultResponses(data);
  return readPairFields(data, options.prompt ?? "prompt", responses, options);
}

/** What a Pairwise control shows, left and right. */
function comparedFields(controls: readonly Control[]): string[] | undefined {
  const fields = controls
    .find(({ kind }) => kind === "pairwise")
    ?.objects.flatMap(({ field }) => field ?? []);
  return fields?.length === 2 ? fields : undefined;
}

function addPrediction(
  task: Fields,
  scored: ScoredRow,
  judge: Judge,
  controls: readonly Control[],
  questions: Questions,
): Fields {
  const version = versionOf(judge);
  const note = noteOn(scored, judge, controls);
  const results = controls.flatMap((control) => {
    const value = valueFor(control, scored, questions, note);
    if (!value) return [];
    const texts = scored.pairs.flatMap(({ prompt, response }) => [prompt, response]);
    return {
      id: stableId(version, control.name, String(fieldOf(task, "id")), scored.place, ...texts),
      from_name: control.name,
      to_name: control.kind === "pairwise" ? control.name : control.objects[0]!.name,
      type: control.kind,
      value,
    };
  });
  const { confidence } = scored;
  const score = confidence === undefined ? {} : { score: confidence };
  const prediction = { model_version: version, ...score, result: results };
  const others = ((fieldOf(task, "predictions") ?? []) as unknown[]).filter(
    (other) => !(isFields(other) && other.model_version === version),
  );
  return { ...task, predictions: [...others, prediction] };
}

/** @returns undefined where the control is to stay empty */
function valueFor(
  control: Control,
  scored: ScoredRow,
  questions: Questions,
  note: string,
): Fields | undefined {
  const question = questions.get(control.name);
  switch (control.kind) {
    case "rating": {
      const quantile = ratedPair(control, scored)?.quantile;
      return quantile === undefined ? undefined : { rating: 1 + levelOf(quantile, control.maxRating) };
    }
    case "choices": {
      const choice = question?.values.length ? answerOf(question, scored) : undefined;
      return choice === undefined ? undefined : { choices: [choice] };
    }
    case "pairwise": {
      const side = bestSide(control, scored);
      return side && { selected: side };
    }
    case "textarea":
      return question && { text: [`${describe(scored)}; ${note}`] };
  }
}

/** The response that a Rating stands at, or the only one. */
function ratedPair({ objects }: Control, { pairs }: ScoredRow): ScoredPair | undefined {
  if (pairs.length === 1) return pairs[0];
  return pairs.find(({ field, at }) => at === undefined && field === objects[0]!.field);
}

/** By the fields that a Pairwise shows; by their order where the config names none. */
function bestSide({ objects }: Control, { pairs, best }: ScoredRow): "left" | "right" | undefined {
  if (best === undefined || objects.length !== 2 || pairs.length !== 2) return undefined;
  const { field } = pairs[best]!;
  const named = objects.every((object) => pairs.some((pair) => pair.field === object.field));
  const at = named ? objects.findIndex((object) => object.field === field) : best;
  return at === 0 ? "left" : "right";
}

function describe({ pairs }: ScoredRow): string {
  return pairs.map(({ field, reward }) => `${field}: reward ${fixed(reward, 3)}`).join("; ");
}

function noteOn(scored: ScoredRow, judge: Judge, controls: readonly Control[]): string {
  const rated = controls.some(({ kind }) => kind === "rating");
  return [
    `prediction score: ${confidenceNote(scored, judge)}`,
    ...(rated ? ["stars: quantiles of the rewards in this file"] : []),
  ].join("; ");
}

/** @throws TypeError — a question is not in the config, or is answered with what is no choice of it */
function checkQuestions(controls: readonly Control[], questions: Questions): void {
  for (const { name, values } of questions.values()) {
    const control = controls.find((control) => control.name === name);
    const known = controls.map((control) => control.name).join(", ");
    if (!control) throw new TypeError(`question ${name}: expected a control of the config (${known})`);
    if (control.kind === "rating" || control.kind === "pairwise") {
      throw new TypeError(
        `question ${name}: expected Choices or a TextArea, found ${control.kind}, which is filled anyway`,
      );
    }
    const unknown = values.find((value) => !control.choices.includes(value));
    if (control.kind === "choices" && control.choices.length > 0 && unknown !== undefined) {
      throw new TypeError(
        `question ${name}: expected values of ${control.choices.join(", ")}, found ${unknown}`,
      );
    }
  }
}

function notesOn(controls: readonly Control[], questions: Questions): string[] {
  const open = controls.filter(({ kind, name }) => {
    const question = questions.get(name);
    return kind === "textarea" ? !question : kind === "choices" && !question?.values.length;
  });
  return open.map(({ kind, name }) => `${kind} ${name}: left empty: no question names it`);
}
