import { answerOf } from "./answer";
import { fieldOf } from "./field-of";
import type { Fields, Format, Question, ScoredRow } from "./format";
import { readPairFields } from "./pair-fields";

/** What the command put into a label's column, so that a person's label can be told from it. */
const LABEL_FIELD = "reward_label";

/**
 * Examples of doccano, `text` and `label`, to import or exported. Its importer keeps every other column as the
 * example's metadata, so prompt and rewards go along.
 */
export const doccano: Format = {
  rows: "json",
  uses: ["questions"],
  open: (options) => {
    const [question, ...others] = options.questions ?? [];
    if (others.length > 0)
      throw new TypeError("doccano: expected one question, its labels' column, found more");
    return {
      notes: question ? [] : ["label: left alone: no question is named"],
      read: (example) =>
        readPairFields(example, options.prompt ?? "prompt", options.responses ?? ["text"], options),
      annotate: (example, scored) => (question ? addLabel(example, scored, question) : example),
    };
  },
};

/** A label that is there is a person's, unless it is what an earlier call put there. */
function addLabel(example: Fields, scored: ScoredRow, question: Question): Fields {
  const { [LABEL_FIELD]: ours, ...rest } = example;
  const found = fieldOf(example, question.name) ?? [];
  const isOpen = JSON.stringify(found) === "[]" || JSON.stringify(found) === JSON.stringify([ours]);
  const label = answerOf(question, scored);
  if (!isOpen || label === undefined) return rest;
  return { ...rest, [question.name]: [label], [LABEL_FIELD]: label };
}
