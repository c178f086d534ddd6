import type { Comparison } from "../shared/compare-rewards";
import type { Pair, Score } from "../shared/contract";
import type { Judge } from "./judge";

/** A row of a file as it was read: an object of JSON, or the cells below a header. */
export type Fields = Readonly<Record<string, unknown>>;

/** A pair, and where its response stands in the row. */
export interface PlacedPair extends Pair {
  /** The field that holds the response. */
  field: string;
  /** Its place, where the field is a list. */
  at?: number;
  /** Turns of a conversation before the prompt, which the model does not read. */
  earlierTurns?: number;
}

/** The pairs of one row: several are responses of which one may be better than the others. */
export interface ReadRow {
  pairs: readonly PlacedPair[];
  /** Where people preferred some of the pairs to others: the rank of each, the lowest best, undefined for one without. */
  ranks?: readonly (number | undefined)[];
  /** What a row's label says, where one is asked for: that of the response it prefers as the options spell it. */
  label?: string;
}

export interface PlacedRow extends ReadRow {
  /** Where it is in its file: `line 3`, `item 3`, counted from 1. */
  place: string;
}

export interface ScoredPair extends PlacedPair, Omit<Score, "unread"> {
  /**
   * Share of the file's rewards that are lower, an equal one counted half: between 0 and 1, neither reached.
   * Undefined where the file has one reward alone.
   */
  quantile: number | undefined;
}

/** A row that was read, with its scores and how it stands in its file. Nothing compares where its prompts differ. */
export interface ScoredRow extends Omit<PlacedRow, "pairs">, Comparison {
  pairs: readonly ScoredPair[];
  /** In [0, 1]; which of three things it is, {@link confidenceNote} says. Undefined where there is nothing to compare. */
  confidence: number | undefined;
}

/** How one row is read, and what is written beside its rewards. */
export interface RowFormat {
  /** @returns the pairs, or what is wrong: `expected …, found …` */
  read(row: Fields): ReadRow | string;
  /**
   * The object within a row that takes the rewards, by name; null where only {@link annotate} writes them.
   *
   * @default the row itself
   */
  home?: string | null | ((row: Fields) => string | undefined);
  /** What else a reader of the numbers is to know. */
  note?(scored: ScoredRow, judge: Judge): string;
  /** The row with what the tool itself reads of the scores; the rewards are added afterwards. */
  annotate?(row: Fields, scored: ScoredRow, judge: Judge): Fields;
  /** What is left alone, and why, one a line. */
  notes?: readonly string[];
  /** The columns without which a table is none of this format. */
  columns?: readonly string[];
}

/** A question of the annotation tool that is to be answered beforehand. */
export interface Question {
  name: string;
  /** Answers from the worst to the best for one response, one for each response where there are several. */
  values: readonly string[];
}

export interface FormatOptions {
  /** The field with the prompt. @default "prompt" */
  prompt?: string;
  /** The fields with responses. @default those of the format */
  responses?: readonly string[];
  /** The field that names the preferred one of two responses, and what it holds for each. @default the first is preferred */
  label?: { field: string; values: readonly string[] };
  /** What of a conversation is the prompt: its last user turn, or all that comes before the response. @default "last" */
  context?: "last" | "all";
  /** Of message trees, those in one language (`en`, `pt-BR`) alone; others have no pairs. */
  lang?: string;
  /** Label Studio's labeling configuration, XML. */
  config?: string;
  questions?: readonly Question[];
}

export interface Format {
  /** What a row is written in. */
  rows: "json" | "csv";
  /** The options that only some formats have a use for, of those that this one has. @default none */
  uses?: readonly ("questions" | "config")[];
  /** @throws TypeError — the options do not fit the format */
  open(options: FormatOptions): RowFormat;
}
