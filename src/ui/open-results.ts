import type { Pair } from "../shared/contract";
import { isFault } from "../shared/pair-row";
import { type Result, readResult } from "./result";
import { parseCsv } from "./results-csv";
import { parseJsonRows } from "./results-jsonl";
import type { ResultFault, RowProblem } from "./row-problem";

/** Largest file read, in bytes: the page holds it whole, and shows every response of it. */
export const MAX_FILE_BYTES = 20_000_000;

/** Most responses put on the page: each is a text area that is laid out. */
const MAX_RESPONSES = 500;

/** Most rows told of by their place: a file of another kind has nothing else. */
const MAX_PROBLEMS = 20;

/** Rows that are not on the page, and why. */
export interface LeftOut {
  why: "unreadable" | "otherPrompt" | "overLimit";
  rows: number;
}

/** Why a file has nothing for the page. */
export type FileProblem = { why: "tooLarge"; bytes: number } | { why: "unreadable" | "notUtf8" | "noRows" };

/** What a file holds for the page: one prompt, its responses, and the results it came with. */
export interface OpenedResults {
  file: string;
  fileProblem: FileProblem | undefined;
  pairs: readonly Pair[];
  /** Those rows that are whole results. */
  results: readonly Result[];
  /** How many have a reward and are no whole results. */
  partResults: number;
  /** What could not be read. */
  problems: readonly RowProblem[];
  leftOut: readonly LeftOut[];
}

/**
 * Read a file of results, or of pairs: CSV when its name says so, else JSON Lines or a JSON list. What cannot
 * be read is told by its place, and the rest is opened.
 */
export async function openResults(file: File): Promise<OpenedResults> {
  if (file.size > MAX_FILE_BYTES) return nothingOf(file, { why: "tooLarge", bytes: file.size });
  const bytes = await readBytes(file);
  if (!bytes) return nothingOf(file, { why: "unreadable" });
  const text = decode(bytes);
  if (text === undefined) return nothingOf(file, { why: "notUtf8" });
  const rows = [...(/\.[ct]sv$/i.test(file.name) ? parseCsv(text) : parseJsonRows(text))];
  const read = rows.flatMap(({ place, row }) => (isFault(row) ? [] : [{ place, ...row }]));
  const prompt = read[0]?.pair.prompt;
  const alike = read.filter(({ pair }) => pair.prompt === prompt);
  const shown = alike.slice(0, MAX_RESPONSES);
  const problems = rows.flatMap(({ place, row }) => (isFault(row) ? [{ place, fault: row }] : []));
  const results = shown.map(({ fields }) => readResult(fields));
  const partResults = shown.flatMap(({ place, fields }, at) => {
    const read = results[at]!;
    return !isResult(read) && hasReward(fields) ? [{ place, fault: read }] : [];
  });
  return {
    ...nothingOf(file, read.length === 0 ? { why: "noRows" } : undefined),
    pairs: shown.map(({ pair }) => pair),
    results: results.filter(isResult),
    partResults: partResults.length,
    problems: [...problems.slice(0, MAX_PROBLEMS), ...partResults.slice(0, 1)],
    leftOut: [
      ...leftOut("unreadable", problems.length - MAX_PROBLEMS),
      ...leftOut("otherPrompt", read.length - alike.length),
      ...leftOut("overLimit", alike.length - shown.length),
    ],
  };
}

function nothingOf({ name }: File, fileProblem: FileProblem | undefined): OpenedResults {
  return { file: name, fileProblem, pairs: [], results: [], partResults: 0, problems: [], leftOut: [] };
}

function isResult(read: Result | ResultFault): read is Result {
  return !("kind" in read);
}

function hasReward({ reward }: Record<string, unknown>): boolean {
  return reward !== undefined && reward !== null && reward !== "";
}

function leftOut(why: LeftOut["why"], rows: number): LeftOut[] {
  return rows > 0 ? [{ why, rows }] : [];
}

/** @returns undefined when it was deleted since, or may not be read */
async function readBytes(file: File): Promise<ArrayBuffer | undefined> {
  try {
    return await file.arrayBuffer();
  } catch {
    return undefined;
  }
}

function decode(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
