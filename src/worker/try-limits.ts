import type { BatchLimits } from "./batch";
import type { BatchChoices } from "./batch-limits";
import { type Runner, type ScoreIdsOptions, scoreIds } from "./score-ids";

/** Each choice has two turns, the second time in reverse order, and its better one counts: others use the machine too. */
const TURNS = 2;

/** A choice has to take at most this share of the first one's time: less is within what turns differ by. */
const CLEARLY_FASTER = 0.9;

export interface LimitsTrial {
  /** One per sequence, in the caller's order. */
  rewards: number[];
  fastest: BatchLimits;
}

/** Whether there is so much to score that every turn has a full batch of the largest choice. */
export function isEnoughToTry(lengths: readonly number[], choices: readonly BatchLimits[]): boolean {
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  return tokens >= TURNS * choices.length * Math.max(...choices.map(({ maxTokens }) => maxTokens));
}

/**
 * Score sequences and find out on the way which batch size is fastest here: each choice has a share of them, of
 * the same lengths as the others'. So a trial costs no more than that some of the work is done in sizes that are
 * slower.
 *
 * @param choices the first one stays unless another is clearly faster
 * @param now in milliseconds
 */
export async function tryLimits(
  session: Runner,
  sequences: readonly (readonly number[])[],
  choices: BatchChoices,
  options: Omit<ScoreIdsOptions, "limits">,
  now = () => performance.now(),
): Promise<LimitsTrial> {
  const turns = [...choices, ...choices.toReversed()];
  const rewards = new Array<number>(sequences.length);
  const msPerToken = new Map<BatchLimits, number>();
  const byLength = sequences
    .map((_, at) => at)
    .sort((a, b) => sequences[a]!.length - sequences[b]!.length || a - b);
  let scored = 0;
  for (const [turn, limits] of turns.entries()) {
    const share = byLength.filter((_, place) => place % turns.length === turn);
    const start = now();
    const shareRewards = await scoreIds(
      session,
      share.map((at) => sequences[at]!),
      { ...options, limits, onProgress: (count) => options.onProgress?.(scored + count) },
    );
    const tokens = share.reduce((sum, at) => sum + sequences[at]!.length, 0);
    const ms = (now() - start) / tokens;
    msPerToken.set(limits, Math.min(ms, msPerToken.get(limits) ?? ms));
    for (const [place, at] of share.entries()) rewards[at] = shareRewards[place]!;
    scored += share.length;
  }
  return { rewards, fastest: chooseFastest(choices, msPerToken) };
}

function chooseFastest(choices: BatchChoices, msPerToken: ReadonlyMap<BatchLimits, number>): BatchLimits {
  const msOf = (limits: BatchLimits) => msPerToken.get(limits)!;
  const fastest = choices.toSorted((a, b) => msOf(a) - msOf(b))[0]!;
  return msOf(fastest) <= CLEARLY_FASTER * msOf(choices[0]) ? fastest : choices[0];
}
