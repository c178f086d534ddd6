import type { BatchLimits } from "./batch";
import { type Runner, type ScoreIdsOptions, scoreIds } from "./score-ids";
import { isEnoughToTry, tryLimits } from "./try-limits";

export interface BatchSizesOptions {
  /** The likeliest first: taken until the fastest is known. */
  choices: readonly [BatchLimits, ...BatchLimits[]];
  /** Of the choice that was fastest on this machine, as far as it was measured before. */
  rememberedTokens: number | undefined;
  remember: (maxTokens: number) => Promise<void>;
}

/** Scores in batches of the size that is fastest on this machine; the first large job finds out which. */
export class BatchSizes {
  readonly #session: Runner;
  readonly #options: BatchSizesOptions;
  #fastest: BatchLimits | undefined;

  constructor(session: Runner, options: BatchSizesOptions) {
    this.#session = session;
    this.#options = options;
    this.#fastest = options.choices.find(({ maxTokens }) => maxTokens === options.rememberedTokens);
  }

  /** As {@link scoreIds}. */
  async score(
    sequences: readonly (readonly number[])[],
    options: Omit<ScoreIdsOptions, "limits">,
  ): Promise<number[]> {
    const { choices, remember } = this.#options;
    const lengths = sequences.map(({ length }) => length);
    if (this.#fastest || !isEnoughToTry(lengths, choices)) {
      return scoreIds(this.#session, sequences, { ...options, limits: this.#fastest ?? choices[0] });
    }
    const { rewards, fastest } = await tryLimits(this.#session, sequences, choices, options);
    this.#fastest = fastest;
    void remember(fastest.maxTokens); // nobody waits for storage
    return rewards;
  }
}
