import type { Pair, Reward } from "../shared/contract";
import { findUnanswerable } from "./answer";
import { readCsvRows } from "./csv-rows";
import { fieldOf } from "./field-of";
import type { Fields, Format, FormatOptions, PlacedRow, Question, RowFormat, ScoredRow } from "./format";
import { FORMATS, type FormatName } from "./formats";
import { readJsonRows } from "./json-rows";
import type { Judge } from "./judge";
import { rankRows } from "./rank-rows";
import { addRewards, findTakenName } from "./reward-fields";
import type { Row } from "./row-file";

/** A row that could not be read. It is written back as it was. */
export interface RowProblem extends Pick<PlacedRow, "place"> {
  /** `expected …, found …` */
  problem: string;
}

/** A file of an annotation tool, or of preferences: the pairs in it, and the way back. */
export interface ScorableFile {
  /** The rows that could be read, in order. */
  rows: readonly PlacedRow[];
  /** Their pairs, in order: what is to be scored. */
  pairs: readonly Pair[];
  problems: readonly RowProblem[];
  /** What of the tool's questions is left alone, and why, one a line. */
  notes: readonly string[];
  /**
   * The same file with the scores in it. Other fields keep their values, numbers every digit.
   *
   * @param rewards one for each of `pairs`, same order
   * @throws RangeError — there are more or fewer, or a score is more than a number holds
   */
  write(rewards: readonly Reward[], judge: Judge): string;
}

const BYTE_ORDER_MARK = "\ufeff";

/**
 * Read the text of a file.
 *
 * @throws TypeError — the options do not fit the format
 */
export function openFile(name: FormatName, text: string, options: FormatOptions = {}): ScorableFile {
  const { format, mark, file, read } = readText(name, text, options);
  const outcomes = read.map((row, at) => withoutObstacle(row, file.rows[at]!, format));
  const rows = outcomes.filter((row) => "pairs" in row);
  return {
    rows,
    pairs: rows.flatMap(({ pairs }) => pairs.map(({ prompt, response }) => ({ prompt, response }))),
    problems: outcomes.filter((row) => "problem" in row),
    notes: format.notes ?? [],
    write(rewards, judge) {
      const scored = rankRows(rows, rewards, judge).values();
      const written = file.write((at) => {
        const { content } = file.rows[at]!;
        if (typeof content === "string" || "problem" in outcomes[at]!) return undefined;
        return writeRow(content, scored.next().value!, judge, format);
      });
      return mark + written;
    },
  };
}

/**
 * Read the text of a file that nothing is written to: fields where rewards would stand are in nobody's way.
 *
 * @throws TypeError — the options do not fit the format
 */
export function readFileRows(
  name: FormatName,
  text: string,
  options: FormatOptions = {},
): Pick<ScorableFile, "rows" | "problems"> {
  const { read } = readText(name, text, options);
  return {
    rows: read.filter((row) => "pairs" in row),
    problems: read.filter((row) => "problem" in row),
  };
}

function readText(name: FormatName, text: string, options: FormatOptions) {
  const { rows: kind, open }: Format = FORMATS[name];
  expectUsed(name, options);
  const format = open(options);
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const body = text.slice(mark.length);
  const file = kind === "csv" ? readCsvRows(body, format.columns ?? []) : readJsonRows(body);
  return { format, mark, file, read: file.rows.map((row) => readRow(row, format, options.questions)) };
}

/** @throws TypeError — an option has no use with this format */
function expectUsed(name: FormatName, options: FormatOptions): void {
  for (const option of ["questions", "config"] as const) {
    const users = Object.entries<Format>(FORMATS).filter(([, { uses }]) => uses?.includes(option));
    const names = users.map(([user]) => user);
    if (!options[option]?.length || names.includes(name)) continue;
    throw new TypeError(`${name}: expected no ${option}, which only ${names.join(", ")} can use`);
  }
}

function readRow(
  { place, content }: Row,
  format: RowFormat,
  questions: readonly Question[] = [],
): PlacedRow | RowProblem {
  if (typeof content === "string") return { place, problem: content };
  const read = format.read(content);
  if (typeof read === "string") return { place, problem: read };
  const problem = findUnanswerable(questions, read);
  return problem === undefined ? { ...read, place } : { place, problem };
}

/** The row, unless something stands where its rewards would. */
function withoutObstacle(
  read: PlacedRow | RowProblem,
  { content }: Row,
  format: RowFormat,
): PlacedRow | RowProblem {
  if ("problem" in read) return read;
  const row = content as Fields;
  const home = homeName(row, format);
  if (home === null) return read;
  const problem = findTakenName(homeOf(row, home), [...new Set(read.pairs.map(({ field }) => field))]);
  return problem === undefined ? read : { place: read.place, problem };
}

function writeRow(row: Fields, scored: ScoredRow, judge: Judge, format: RowFormat): Fields {
  const annotated = format.annotate?.(row, scored, judge) ?? row;
  const home = homeName(row, format);
  if (home === null) return annotated;
  const rewarded = addRewards(homeOf(annotated, home), scored, judge, format.note?.(scored, judge));
  return home === undefined ? rewarded : { ...annotated, [home]: rewarded };
}

function homeName(row: Fields, { home }: RowFormat): string | null | undefined {
  return typeof home === "function" ? home(row) : home;
}

/** What takes the rewards; what is no object there is the format's to refuse. */
function homeOf(row: Fields, home: string | undefined): Fields {
  return home === undefined ? row : ((fieldOf(row, home) ?? {}) as Fields);
}
