import { kindOf } from "../shared/found";
import { answerOf } from "./answer";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, Question, ReadRow, ScoredRow } from "./format";
import { isFields } from "./is-fields";
import { readPairFields } from "./pair-fields";
import { hasOurRewards } from "./reward-fields";

/** Items of Potato: `text`, or `responses` to compare. They get label suggestions for its annotation schemes. */
export const potato: Format = {
  rows: "json",
  uses: ["questions"],
  open: (options) => ({
    notes: options.questions ? [] : ["label_suggestions: none made: no question is named"],
    read: (item) => readItem(item, options),
    annotate: (item, scored) => addSuggestions(item, scored, options.questions ?? []),
  }),
};

function readItem(item: Fields, options: FormatOptions): ReadRow | string {
  const suggestions = fieldOf(item, "label_suggestions") ?? {};
  if (!isFields(suggestions)) {
    return `expected label_suggestions, an object, found ${kindOf("label_suggestions", suggestions)}`;
  }
  const taken = options.questions?.find(({ name }) => Object.hasOwn(suggestions, name));
  if (taken && !hasOurRewards(item)) {
    return `expected no label suggestion for ${taken.name}, found one of another program`;
  }
  const field = Object.hasOwn(item, "responses") ? "responses" : "text";
  return readPairFields(item, options.prompt ?? "prompt", options.responses ?? [field], options);
}

function addSuggestions(item: Fields, scored: ScoredRow, questions: readonly Question[]): Fields {
  if (questions.length === 0) return item;
  const answers = questions.flatMap((question) => {
    const label = answerOf(question, scored);
    return label === undefined ? [] : [[question.name, label]];
  });
  const named = new Set(questions.map(({ name }) => name));
  const others = Object.entries(fieldOf(item, "label_suggestions") ?? {}).filter(
    ([name]) => !named.has(name),
  );
  return { ...item, label_suggestions: Object.fromEntries([...others, ...answers]) };
}
