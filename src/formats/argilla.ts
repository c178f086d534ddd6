import { kindOf } from "../shared/found";
import { answerOf } from "./answer";
import { defaultResponses } from "./default-responses";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, Question, ReadRow, ScoredRow } from "./format";
import { isFields } from "./is-fields";
import { type Judge, versionOf } from "./judge";
import { readPairFields } from "./pair-fields";
import { confidenceNote } from "./rank-rows";
import { hasOurRewards } from "./reward-fields";

/** Records of Argilla, `dataset.records.to_json`: they get suggestions, and the rewards as metadata. */
export const argilla: Format = {
  rows: "json",
  uses: ["questions"],
  open: (options) => ({
    notes: options.questions ? [] : ["suggestions: none made: no question is named"],
    home: "metadata",
    read: (record) => readRecord(record, options),
    note: (scored, judge) => `suggestion score: ${confidenceNote(scored, judge)}`,
    annotate: (record, scored, judge) => addSuggestions(record, scored, judge, options.questions ?? []),
  }),
};

function readRecord(record: Fields, options: FormatOptions): ReadRow | string {
  const [fields, metadata = {}, suggestions = {}] = ["fields", "metadata", "suggestions"].map((name) =>
    fieldOf(record, name),
  );
  if (!isFields(fields)) return `expected an object with fields, found ${kindOf("fields", fields)}`;
  if (!isFields(metadata)) return `expected metadata, an object, found ${kindOf("metadata", metadata)}`;
  if (!isFields(suggestions))
    return `expected suggestions, an object, found ${kindOf("suggestions", suggestions)}`;
  const taken = options.questions?.find(({ name }) => Object.hasOwn(suggestions, name));
  if (taken && !hasOurRewards(metadata)) {
    return `expected no suggestion for ${taken.name}, found one of another program`;
  }
  return readPairFields(
    fields,
    options.prompt ?? "prompt",
    options.responses ?? defaultResponses(fields),
    options,
  );
}

function addSuggestions(
  record: Fields,
  scored: ScoredRow,
  judge: Judge,
  questions: readonly Question[],
): Fields {
  const answers = questions.flatMap((question) => {
    const value = answerOf(question, scored);
    if (value === undefined) return [];
    return [
      [
        question.name,
        { value: toValue(question, value), score: scored.confidence ?? null, agent: versionOf(judge) },
      ],
    ];
  });
  const named = new Set(questions.map(({ name }) => name));
  const others = Object.entries(fieldOf(record, "suggestions") ?? {}).filter(([name]) => !named.has(name));
  return { ...record, suggestions: Object.fromEntries([...others, ...answers]) };
}

/** A rating's values are numbers, a label's are texts. */
function toValue({ values }: Question, value: string): string | number {
  return values.every((text) => /^\d+$/.test(text)) ? Number(value) : value;
}
