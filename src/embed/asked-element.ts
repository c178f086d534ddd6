import type { RewardScorer, ScoredDetail } from "../ui/element";
import "../ui/element";
import { isSame } from "../ui/is-same";
import { ASKED, type Asked } from "./asked";
import { failedOutcome, NO_OUTCOME, type Outcome, scoredOutcome } from "./outcome";

/** A `<reward-scorer>` that is asked plain data, again and again, and tells plain data. */
export class AskedElement {
  readonly element: RewardScorer;
  /** What there is for exactly what was asked last. */
  outcome: Outcome = NO_OUTCOME;
  readonly #tell: (outcome: Outcome) => void;
  /** Names that were asked with before; of others the element may have attributes. */
  readonly #named = new Set<string>();
  readonly #listening = new AbortController();

  /** @param tell called once an outcome, alpha's changes included */
  constructor(
    tell: (outcome: Outcome) => void,
    element: RewardScorer = document.createElement("reward-scorer"),
  ) {
    this.#tell = tell;
    this.element = element;
    const { signal } = this.#listening;
    element.addEventListener("score", this.#onScore, { signal });
    element.addEventListener("error", this.#onError, { signal });
  }

  /** Ask; the same again changes nothing. What cannot be asked is told as an error. */
  ask(asked: Asked): void {
    for (const [name, value] of Object.entries(asked)) if (value !== undefined) this.#named.add(name);
    const isChanged = (name: keyof Asked) =>
      this.#named.has(name) && !isSame(this.element[name], asked[name]);
    const changed = ASKED.filter(isChanged);
    if (changed.length) this.outcome = NO_OUTCOME;
    for (const name of changed) Object.assign(this.element, { [name]: asked[name] ?? undefined });
    if (isChanged("loading")) this.element.loading = asked.loading;
  }

  /** Take it off its page; nothing is told after. */
  end(): void {
    this.#listening.abort();
    this.element.remove();
  }

  readonly #onScore = ({ detail }: CustomEvent<ScoredDetail>) => {
    this.#told(scoredOutcome(detail.scores, this.element.responses != null));
  };

  readonly #onError = ({ detail }: CustomEvent<unknown>) => {
    this.#told(failedOutcome(detail));
  };

  #told(outcome: Outcome): void {
    this.outcome = outcome;
    this.#tell(outcome);
  }
}
