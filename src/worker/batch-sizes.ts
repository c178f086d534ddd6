import type { BatchLimits } from "./batch";
import { type BatchChoices, smallestOf } from "./batch-limits";
import { type Runner, type ScoreIdsOptions, scoreIds } from "./score-ids";
import { isEnoughToTry, tryLimits } from "./try-limits";

export interface BatchSizesOptions {
  choices: BatchChoices;
  /** Of the choice that was fastest on this machine, as far as it was measured before. */
  rememberedTokens: number | undefined;
  /** Undefined is forgetting. */
  remember: (maxTokens: number | undefined) => Promise<void>;
  /** A worker failed, which may have been for the size of its batches. */
  careful: boolean;
}

/**
 * Scores in batches of the size that is fastest on this machine; the first large job finds out which. A size that
 * kills the worker is not tried again: what is remembered from before the trial is the first choice, and the
 * worker that takes over has the smallest.
 */
export class BatchSizes {
  readonly #session: Runner;
  readonly #choices: BatchChoices;
  readonly #remember: BatchSizesOptions["remember"];
  #known: BatchLimits | undefined;

  constructor(session: Runner, { choices, rememberedTokens, remember, careful }: BatchSizesOptions) {
    this.#session = session;
    this.#choices = choices;
    this.#remember = remember;
    this.#known = careful
      ? smallestOf(choices)
      : choices.find(({ maxTokens }) => maxTokens === rememberedTokens);
    if (careful) void remember(choices[0].maxTokens); // nobody waits for storage
  }

  /** Padded tokens of the largest batch that sequences of such lengths may come in. */
  largestBatch(lengths: readonly number[]): number {
    const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
    return Math.min(
      lengths.length * longest,
      Math.max(...this.#sizesFor(lengths).map(({ maxTokens }) => maxTokens)),
    );
  }

  /** As {@link scoreIds}. */
  async score(
    sequences: readonly (readonly number[])[],
    options: Omit<ScoreIdsOptions, "limits">,
  ): Promise<number[]> {
    const sizes = this.#sizesFor(sequences.map(({ length }) => length));
    if (sizes.length === 1) return scoreIds(this.#session, sequences, { ...options, limits: sizes[0] });
    void this.#remember(sizes[0].maxTokens);
    try {
      const { rewards, fastest } = await tryLimits(this.#session, sequences, sizes, options);
      this.#known = fastest;
      void this.#remember(fastest.maxTokens);
      return rewards;
    } catch (error) {
      if (isCancelled(error)) void this.#remember(undefined); // no size has failed
      throw error;
    }
  }

  #sizesFor(lengths: readonly number[]): BatchChoices {
    if (this.#known) return [this.#known];
    return isEnoughToTry(lengths, this.#choices) ? this.#choices : [this.#choices[0]];
  }
}

function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
