import type { LoadedModel, Pair, Reward } from "../shared/contract";
import type { Draft } from "./draft";

/** A reward together with the very texts it was given for, and the model that gave it. */
export interface Reading {
  pair: Pair;
  reward: Reward;
  model: LoadedModel;
}

export interface Row {
  /** Stays with the row wherever it moves. */
  id: number;
  response: string;
  reading: Reading | undefined;
}

/** The prompt, its responses in the order written, and what the model said of them. */
export interface Sheet {
  prompt: string;
  rows: readonly Row[];
}

/** Never given twice: a reward that comes late finds its row or none, whatever the sheet is by then. */
let nextId = 0;

export function createSheet({ prompt, responses }: Draft): Sheet {
  return { prompt, rows: responses.map(createRow) };
}

function createRow(response: string): Row {
  return { id: nextId++, response, reading: undefined };
}

export function toDraft({ prompt, rows }: Sheet): Draft {
  return { prompt, responses: rows.map(({ response }) => response) };
}

export function addRow(sheet: Sheet): Sheet {
  return { ...sheet, rows: [...sheet.rows, createRow("")] };
}

export function removeRow(sheet: Sheet, id: number): Sheet {
  return { ...sheet, rows: sheet.rows.filter((row) => row.id !== id) };
}

export function editRow(sheet: Sheet, id: number, response: string): Sheet {
  return { ...sheet, rows: sheet.rows.map((row) => (row.id === id ? { ...row, response } : row)) };
}

export function hasSameTexts(a: Sheet, b: Sheet): boolean {
  if (a.prompt !== b.prompt || a.rows.length !== b.rows.length) return false;
  return a.rows.every(({ response }, at) => response === b.rows[at]!.response);
}

/** Rewards of one model say nothing beside those of another. */
export function withoutReadings(sheet: Sheet): Sheet {
  return { ...sheet, rows: sheet.rows.map((row) => ({ ...row, reading: undefined })) };
}

/** The rewards that this model gave, as it is loaded now. */
export function withReadingsOf(model: LoadedModel | undefined, sheet: Sheet): Sheet {
  const rows = sheet.rows.map((row) => (row.reading?.model === model ? row : { ...row, reading: undefined }));
  return { ...sheet, rows };
}

/** Whether the row's reward was given for the texts now on the page. */
export function isCurrent({ prompt }: Sheet, { response, reading }: Row): boolean {
  return reading?.pair.prompt === prompt && reading.pair.response === response;
}

/** Whether no pair is left without a current reward. */
export function isScored(sheet: Sheet): boolean {
  return written(sheet).every((row) => isCurrent(sheet, row));
}

function written({ rows }: Sheet): Row[] {
  return rows.filter(({ response }) => response.trim() !== "");
}

/** One pair to score and the row it stands in. */
export interface Question {
  id: number;
  pair: Pair;
}

/** The pairs without a current reward; all of them when none is missing. An empty response is no pair. */
export function questions(sheet: Sheet): Question[] {
  const open = written(sheet).filter((row) => !isCurrent(sheet, row));
  return (open.length > 0 ? open : written(sheet)).map(({ id, response }) => ({
    id,
    pair: { prompt: sheet.prompt, response },
  }));
}

/** Rewards of other weights, from before the engine fell back to these: they are not to stand beside them. */
export function hasOtherWeights({ rows }: Sheet, { dtype }: LoadedModel): boolean {
  return rows.some(({ reading }) => reading !== undefined && reading.model.dtype !== dtype);
}

/**
 * The rewards in their rows, each with the pair that was asked: texts edited since are told by that.
 * Rewards of other weights are dropped.
 */
export function withRewards(
  sheet: Sheet,
  asked: readonly Question[],
  rewards: readonly Reward[],
  model: LoadedModel,
): Sheet {
  const readings = new Map(asked.map(({ id, pair }, at) => [id, { pair, reward: rewards[at]!, model }]));
  return {
    ...sheet,
    rows: sheet.rows.map((row) => {
      const kept = row.reading?.model.dtype === model.dtype ? row.reading : undefined;
      return { ...row, reading: readings.get(row.id) ?? kept };
    }),
  };
}
