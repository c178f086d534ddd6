import type { LoadedModel, Pair, Reward } from "../shared/contract";
import { nextTask } from "../shared/next-task";
import type { BatchSizes } from "./batch-sizes";
import { pauseSeldom } from "./pause-seldom";
import { expectAgreement, type SelfCheck } from "./self-check";
import type { Session } from "./session";
import type { EncodedPair, PairTokenizer } from "./tokenizer";

export interface ModelScoreOptions {
  /** Called now and then between pieces of work; what it throws ends it. */
  checkCancelled: () => void;
  onProgress?: ((scoredPairs: number) => void) | undefined;
}

/** A tokenizer and a session that agrees with the goldens, as far as they were needed. */
export class Model {
  constructor(
    readonly loaded: LoadedModel,
    readonly tokenizer: PairTokenizer,
    readonly session: Session,
    readonly check: SelfCheck,
    readonly batches: BatchSizes,
  ) {}

  /** @throws ScorerError `run-failed` — also when the session disagrees with a golden as long as these pairs */
  async score(pairs: readonly Pair[], { checkCancelled, onProgress }: ModelScoreOptions): Promise<Reward[]> {
    let scored = 0;
    const pause = pauseSeldom(async () => {
      onProgress?.(scored); // also when there is none: a sign of life
      await nextTask();
      checkCancelled();
    });
    const encoded = await this.#encode(pairs, pause);
    const sequences = encoded.map(({ ids }) => ids);
    const lengths = sequences.map(({ length }) => length);
    const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
    expectAgreement(await this.check.cover(longest, this.batches.largestBatch(lengths), pause));
    const rewards = await this.batches.score(sequences, {
      padding: this.loaded.manifest.template,
      beforeBatch: pause,
      onProgress: (count) => {
        scored = count;
      },
    });
    return encoded.map(({ ids: _, ...facts }, at) => ({ reward: rewards[at]!, ...facts }));
  }

  release(): Promise<void> {
    return this.session.release();
  }

  async #encode(pairs: readonly Pair[], pause: () => Promise<void>): Promise<EncodedPair[]> {
    const encoded: EncodedPair[] = [];
    for (const pair of pairs) {
      encoded.push(this.tokenizer.encodePair(pair));
      await pause();
    }
    return encoded;
  }
}
