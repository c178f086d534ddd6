import packageJson from "../../package.json" with { type: "json" };
import { type Judge, versionOf } from "../formats/judge";
import { escapeControls } from "../shared/escape-controls";
import { fixed } from "../shared/fixed";
import type { Agreement, WinRate } from "./agreement";
import { neutralLabels } from "./label-counts";
import type { PreferenceFile, PreferenceOptions } from "./open-preferences";
import { printable } from "./printable";
import { formatTable } from "./table";

export interface Evaluation {
  judge: Judge;
  /** Those given: they decide what is compared. */
  options: PreferenceOptions;
  files: readonly (PreferenceFile & { agreement: Agreement })[];
  /** Of the comparisons of all files; one that stands in two counts twice. */
  all: Agreement;
}

const HEADER = [
  "file",
  "comparisons",
  "accuracy",
  "95 %",
  "ties",
  "longer wins",
  "95 %",
  "length corr.",
  "truncated",
  "skipped",
  "uncompared",
];

const NONE = "–";

/** For people: the model, a row a file, and what the columns are. */
export function formatEvaluation({ judge, options, files, all }: Evaluation): string {
  const sum = (numberOf: (file: PreferenceFile) => number) =>
    files.reduce((total, file) => total + numberOf(file), 0);
  const rows = files.map((file) => [
    printable(file.path),
    ...cellsOf(file.agreement),
    `${file.skipped.length}`,
    `${file.uncomparedRows}`,
  ]);
  const total = [
    "all",
    ...cellsOf(all),
    `${sum(({ skipped }) => skipped.length)}`,
    `${sum(({ uncomparedRows }) => uncomparedRows)}`,
  ];
  const lines = [
    `${printable(versionOf(judge))} on ${judge.backend}`,
    formatTable([HEADER, ...rows, total]),
    [
      "accuracy: comparisons in which the preferred response has the higher reward, a tie counting half",
      "longer wins: the same, were the longer response (in characters) always the better one",
      "95 %: Wilson's interval; length corr.: Spearman's, of reward and characters of the response",
      ...sharedPrompts(all),
      ...earlierTurns(all),
      ...withoutPreference(files, options),
      ...readWith(options),
    ].join("\n"),
  ];
  return lines.join("\n\n");
}

function cellsOf({ comparisons, accuracy, longerWins, lengthCorrelation, truncated }: Agreement): string[] {
  return [
    `${comparisons}`,
    ...rateCells(accuracy),
    `${accuracy.tied}`,
    ...rateCells(longerWins),
    lengthCorrelation === undefined ? NONE : fixed(lengthCorrelation, 3),
    `${truncated}`,
  ];
}

function rateCells({ rate, interval }: WinRate): string[] {
  return [rate?.toFixed(3) ?? NONE, interval?.map((end) => end.toFixed(3)).join(" to ") ?? NONE];
}

function sharedPrompts({ comparisons, prompts }: Agreement): string[] {
  if (prompts === comparisons) return [];
  return [`the comparisons have ${prompts} prompts: the intervals take each to have one of its own`];
}

function earlierTurns({ withEarlierTurns }: Agreement): string[] {
  if (withEarlierTurns === 0) return [];
  return [`comparisons with turns before the prompt, which the model did not read: ${withEarlierTurns}`];
}

function withoutPreference(files: readonly PreferenceFile[], options: PreferenceOptions): string[] {
  const neutral = neutralLabels(files, options);
  return neutral === undefined ? [] : [printable(`${options.labelField} that prefers neither: ${neutral}`)];
}

/** The options as they were given to the command. */
function readWith(options: PreferenceOptions): string[] {
  const given = Object.entries(options).flatMap(([name, value]) => {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? option : [value].flat().map((part) => `${option} ${part}`);
  });
  return given.length === 0 ? [] : [`read with: ${printable(given.join(" "))}`];
}

/** For programs: every number, null where there is none. */
export function toJson({ judge, options, files, all }: Evaluation): string {
  const { model, repository, revision, dtype, backend, tieWithin } = judge;
  const value = {
    model,
    repository,
    revision,
    dtype,
    backend,
    tieWithin,
    version: packageJson.version,
    options,
    files: files.map(({ path, sha256, format, agreement, skipped, uncomparedRows, labels }) => ({
      file: path,
      sha256,
      format,
      ...agreement,
      skipped,
      uncomparedRows,
      ...(labels && { labels }),
    })),
    all,
  };
  return escapeControls(JSON.stringify(value, (_, part) => part ?? null, 2));
}
