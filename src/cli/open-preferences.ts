import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Comparison, comparisonsOf, hasEarlierTurns } from "../formats/comparisons";
import type { FormatOptions, PlacedRow } from "../formats/format";
import { readJsonRows } from "../formats/json-rows";
import { type RowProblem, readFileRows } from "../formats/open-file";
import {
  detectPreferenceFormat,
  PREFERENCE_FORMATS,
  type PreferenceFormat,
} from "../formats/preference-format";
import { havePromptsOfTheirOwn } from "../formats/rank-rows";
import { decodeText } from "./decode-text";
import { refuseFolder } from "./refuse-folder";
import { UsageError } from "./usage-error";

/** How files of preferences are read. */
export interface PreferenceOptions {
  /** @default found out from each file's rows */
  format?: PreferenceFormat;
  promptField?: string;
  /** The first holds the preferred response, where no label says which. */
  responseField?: string[];
  /** Names the preferred response. */
  labelField?: string;
  /** What it holds where the first is preferred, and where the second is. */
  label?: string[];
  context?: "last" | "all";
  /** Leave out comparisons with turns before the prompt. */
  singleTurn?: boolean;
  lang?: string;
}

/** What people preferred, of one file. */
export interface PreferenceFile {
  path: string;
  /** Of the file as it lies there, gzipped or not. */
  sha256: string;
  format: PreferenceFormat;
  comparisons: readonly Comparison[];
  /** Rows that could not be read, or whose responses answer different prompts. */
  skipped: readonly RowProblem[];
  /** Rows that compare nothing: one response, no ranks, another language, earlier turns. */
  uncomparedRows: number;
  /** Where a label says what is preferred: how many rows have which. */
  labels?: Readonly<Record<string, number>>;
}

/** Rewards compare only within one prompt. */
const PROMPTS_DIFFER = "expected one prompt for the responses, found prompts that differ";

/** @throws UsageError — the format is not known by the rows, or the options do not fit it */
export async function openPreferences(path: string, options: PreferenceOptions): Promise<PreferenceFile> {
  await refuseFolder(path);
  const bytes = await readFile(path);
  const text = decodeText(path, bytes);
  const format = options.format ?? (options.responseField ? "preference" : detectPreferenceFormat(text));
  if (format === undefined) throw new UsageError(`${path}: ${whyUnknown(text)}`);
  refuseOptions(path, format, options);
  const { rows, problems } = readFileRows(format, text, formatOptions(options));
  const compared = rows.map((row) => {
    const comparisons = comparisonsOf(row).filter(
      (comparison) => !(options.singleTurn && hasEarlierTurns(comparison)),
    );
    return {
      place: row.place,
      comparisons,
      differs: comparisons.length > 0 && havePromptsOfTheirOwn(row.pairs),
    };
  });
  const differing = compared.filter(({ differs }) => differs);
  return {
    path,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    format,
    comparisons: compared.flatMap(({ comparisons, differs }) => (differs ? [] : comparisons)),
    skipped: [...problems, ...differing.map(({ place }) => ({ place, problem: PROMPTS_DIFFER }))],
    uncomparedRows: compared.filter(({ comparisons }) => comparisons.length === 0).length,
    ...(options.labelField !== undefined && { labels: countLabels(rows) }),
  };
}

function countLabels(rows: readonly PlacedRow[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of rows) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Why a text has no format that is known: nothing in it can be read, or its rows have other fields. */
function whyUnknown(text: string): string {
  const { rows } = readJsonRows(text.replace(/^\ufeff/, ""));
  const [first] = rows;
  if (first && rows.every(({ content }) => typeof content === "string"))
    return `${first.place}: ${first.content}`;
  return `expected rows of ${PREFERENCE_FORMATS.join(", ")}, found none; --format says which they are`;
}

function refuseOptions(path: string, format: PreferenceFormat, options: PreferenceOptions): void {
  const { lang, promptField, responseField, labelField, label, context, singleTurn } = options;
  if (singleTurn && context === "all") {
    throw new UsageError("--single-turn: expected no --context all beside it, which makes one turn of all");
  }
  if (lang !== undefined && format !== "oasst") {
    throw new UsageError(`--lang: expected oasst, found ${format} in ${path}`);
  }
  if ((promptField ?? responseField) !== undefined && format !== "preference") {
    throw new UsageError(`--prompt-field, --response-field: expected preference, found ${format} in ${path}`);
  }
  if (responseField && responseField.length !== 2) {
    throw new UsageError(
      `--response-field: expected two, the preferred one first, found ${responseField.length}`,
    );
  }
  if ((labelField ?? label) === undefined) return;
  if (!(responseField && labelField !== undefined && label?.length === 2 && label[0] !== label[1])) {
    throw new UsageError(
      "--label-field, --label: expected both, with --response-field, and two different labels in the fields' order",
    );
  }
}

function formatOptions({
  promptField,
  responseField,
  labelField,
  label,
  context,
  lang,
}: PreferenceOptions): FormatOptions {
  return {
    ...(promptField !== undefined && { prompt: promptField }),
    ...(responseField && { responses: responseField }),
    ...(labelField !== undefined && label && { label: { field: labelField, values: label } }),
    ...(context && { context }),
    ...(lang !== undefined && { lang }),
  };
}
