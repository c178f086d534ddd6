import type { Pair, Reward } from "../shared/contract";
import type { Fields, FormatOptions, PlacedRow } from "./format";
import { FORMATS, type FormatName } from "./formats";
import { readJsonRows } from "./json-rows";
import type { Judge } from "./judge";
import { rankRows } from "./rank-rows";

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
  const format = FORMATS[name].open(options);
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const file = readJsonRows(text.slice(mark.length));
  const read = file.rows.map(({ content }) => (typeof content === "string" ? content : format.read(content)));
  const rows = read.flatMap((row, at) =>
    typeof row === "string" ? [] : { ...row, place: file.rows[at]!.place },
  );
  const problems = read.flatMap((row, at) =>
    typeof row === "string" ? { place: file.rows[at]!.place, problem: row } : [],
  );
  return {
    rows,
    pairs: rows.flatMap(({ pairs }) => pairs.map(({ prompt, response }) => ({ prompt, response }))),
    problems,
    notes: format.notes ?? [],
    write(rewards, judge) {
      const scored = rankRows(rows, rewards, judge).values();
      const changed = read.map((row, at) =>
        typeof row === "string"
          ? undefined
          : format.write(file.rows[at]!.content as Fields, scored.next().value!, judge),
      );
      return mark + file.write(changed);
    },
  };
}
