import type { Pair } from "../shared/contract";
import { type Result, readResult } from "./result";
import { parseCsv } from "./results-csv";
import { parseJsonRows } from "./results-jsonl";

/** Largest file read, in bytes: the page holds it whole, and shows every response of it. */
const MAX_FILE_BYTES = 20_000_000;

/** Most responses put on the page: each is a text area that is laid out. */
const MAX_RESPONSES = 500;

/** Most rows told of by their place: a file of another kind has nothing else. */
const MAX_PROBLEMS = 20;

/** Rows that are not on the page, and why. */
export interface LeftOut {
  why: "unreadable" | "otherPrompt" | "overLimit";
  rows: number;
}

/** What a file holds for the page: one prompt, its responses, and the results it came with. */
export interface OpenedResults {
  file: string;
  pairs: readonly Pair[];
  /** Those rows that are whole results. */
  results: readonly Result[];
  /** What could not be read, one a line. */
  problems: readonly string[];
  leftOut: readonly LeftOut[];
}

/**
 * Read a file of results, or of pairs: CSV when its name says so, else JSON Lines or a JSON list. What cannot
 * be read is told by its place, and the rest is opened.
 */
export async function openResults(file: File): Promise<OpenedResults> {
  const opened = { file: file.name, pairs: [], results: [], leftOut: [] };
  if (file.size > MAX_FILE_BYTES) {
    return { ...opened, problems: [`expected at most ${MAX_FILE_BYTES} bytes, found ${file.size}`] };
  }
  const bytes = await readBytes(file);
  if (!bytes) return { ...opened, problems: ["expected a file that can be read, found one that cannot"] };
  const text = decode(bytes);
  if (text === undefined) return { ...opened, problems: ["expected UTF-8, found bytes that are not"] };
  const rows = [...(/\.[ct]sv$/i.test(file.name) ? parseCsv(text) : parseJsonRows(text))];
  const read = rows.flatMap(({ row }) => (typeof row === "string" ? [] : [row]));
  const prompt = read[0]?.pair.prompt;
  const alike = read.filter(({ pair }) => pair.prompt === prompt);
  const shown = alike.slice(0, MAX_RESPONSES);
  const problems = rows.flatMap(({ place, row }) => (typeof row === "string" ? [`${place}: ${row}`] : []));
  return {
    ...opened,
    pairs: shown.map(({ pair }) => pair),
    results: shown.flatMap(({ fields }) => readResult(fields) ?? []),
    problems: [
      ...(rows.length === 0 ? ["expected rows with prompt and response, found none"] : []),
      ...problems.slice(0, MAX_PROBLEMS),
    ],
    leftOut: [
      ...leftOut("unreadable", problems.length - MAX_PROBLEMS),
      ...leftOut("otherPrompt", read.length - alike.length),
      ...leftOut("overLimit", alike.length - shown.length),
    ],
  };
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
