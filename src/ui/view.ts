import type { LoadedModel, LoadProgress } from "../shared/contract";
import type { ModelChoice } from "./model-choice";

/** What the model is doing for the responses. */
export type Task =
  | { kind: "rest" }
  | {
      kind: "scoring";
      scoredPairs: number;
      totalPairs: number;
      /** Set while a failed worker is being replaced. */
      reload: LoadProgress | undefined;
    }
  | { kind: "failed"; error: unknown };

/** Where the page stands with its model. */
export type View =
  | { phase: "starting" }
  /** The folder is on another site: the person has to agree first. */
  | { phase: "confirming"; choice: ModelChoice }
  /** Loading was cancelled. */
  | { phase: "idle"; choice: ModelChoice }
  | { phase: "loading"; choice: ModelChoice; progress: LoadProgress | undefined }
  | { phase: "ready"; choice: ModelChoice; model: LoadedModel; task: Task }
  /** `choice` is undefined when not even the list of models could be read. */
  | { phase: "failed"; choice: ModelChoice | undefined; error: unknown };

export const REST: Task = { kind: "rest" };

/** The loaded model, if there is one. */
export function loadedModel(view: View): LoadedModel | undefined {
  return view.phase === "ready" ? view.model : undefined;
}

/** The model loaded, loading or asked for. */
export function chosenModel(view: View): ModelChoice | undefined {
  return view.phase === "starting" ? undefined : view.choice;
}
