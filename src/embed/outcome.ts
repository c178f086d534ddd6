import type { Score } from "../shared/contract";

/** What a host is told, as plain data; all null while there is nothing to tell. */
export interface Outcome {
  /** alpha × reward of the response; null where several were asked for. */
  score: number | null;
  reward: number | null;
  /** One a response, same order. */
  scores: readonly number[] | null;
  rewards: readonly number[] | null;
  /** `code: message`. */
  error: string | null;
}

export const NO_OUTCOME: Outcome = { score: null, reward: null, scores: null, rewards: null, error: null };

/** @param several whether the host asked for `responses` */
export function scoredOutcome(results: readonly Score[], several: boolean): Outcome {
  const scores = results.map(({ score }) => score);
  const rewards = results.map(({ reward }) => reward);
  const [one] = several ? [] : results;
  return { score: one?.score ?? null, reward: one?.reward ?? null, scores, rewards, error: null };
}

export function failedOutcome(error: unknown): Outcome {
  const { code, name, message } = error as { code?: string; name: string; message: string };
  return { ...NO_OUTCOME, error: `${code ?? name}: ${message}` };
}
