import type { RewardScorer } from "../ui/element";
import type { Asked } from "./asked";
import { AskedElement } from "./asked-element";
import type { Outcome } from "./outcome";

/** What is asked and what came out, in one: a value never holds the score of other texts. */
export type GradioValue = Asked & Partial<Outcome>;

export interface GradioArgs {
  /** As `js_on_load` has them. */
  element: HTMLElement;
  props: { value: unknown };
  watch(name: "value", listener: () => void): void;
  /** Told each outcome, with the texts it is of. */
  told?: (value: GradioValue) => void;
}

/** Score the value of a `gr.HTML` and write the outcome beside its texts. The template's `<reward-scorer>` shows it. */
export function follow({ element, props, watch, told }: GradioArgs): void {
  const current = (): GradioValue => (typeof props.value === "object" && props.value ? props.value : {});
  const write = (outcome: Outcome) => {
    const before = current() as Record<string, unknown>;
    const isNew = Object.entries(outcome).some(
      ([name, result]) => JSON.stringify(before[name] ?? null) !== JSON.stringify(result),
    );
    if (isNew) props.value = { ...before, ...outcome };
  };
  const scorer = new AskedElement(
    (outcome) => {
      scorer.ask(current()); // a watcher hears of a new value a little after it is there
      if (scorer.outcome !== outcome) return;
      write(outcome);
      told?.(current());
    },
    element.querySelector<RewardScorer>("reward-scorer") ??
      element.appendChild(document.createElement("reward-scorer")),
  );
  const ask = () => {
    scorer.ask(current());
    write(scorer.outcome);
  };
  watch("value", ask);
  ask();
}
