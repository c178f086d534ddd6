import type { Asked } from "./asked";
import { AskedElement } from "./asked-element";
import { NO_OUTCOME, type Outcome } from "./outcome";

/** The component's one state value: what came out, and the data that it is of. */
export interface Scored extends Outcome {
  asked: Asked;
}

/** What Streamlit hands over at each run of the app; its own types allow more. */
export interface StreamlitArgs {
  data: Asked;
  parentElement: HTMLElement | ShadowRoot;
  setStateValue(name: "scored", value: Scored): void;
}

interface Mounted {
  run(args: StreamlitArgs): void;
  end(): void;
}

const mounts = new WeakMap<Node, Mounted>();

/**
 * The default export of a component's JavaScript (Streamlit, components v2). Each outcome is told once: telling
 * makes the app run anew, which calls this again.
 */
export default function rewardScorer(args: StreamlitArgs): () => void {
  const { parentElement } = args;
  const mounted = mounts.get(parentElement) ?? mount(parentElement);
  mounts.set(parentElement, mounted);
  mounted.run(args);
  return () => {
    mounts.delete(parentElement);
    mounted.end();
  };
}

function mount(parentElement: HTMLElement | ShadowRoot): Mounted {
  let now: StreamlitArgs | undefined;
  let told: string | undefined;
  const tell = () => {
    if (!now || scorer.outcome === NO_OUTCOME) return;
    const scored: Scored = { ...scorer.outcome, asked: now.data };
    const text = JSON.stringify(scored);
    if (text === told) return;
    told = text;
    now.setStateValue("scored", scored);
  };
  const scorer = new AskedElement(tell);
  parentElement.append(scorer.element);
  return {
    run(args) {
      now = args;
      scorer.ask(args.data ?? {});
      tell();
    },
    end: () => scorer.end(),
  };
}
