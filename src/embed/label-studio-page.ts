import { checkOptions, type RewardsOptions } from "./label-studio-options";
import type { LabelStudioPanel, Sight } from "./label-studio-panel";
import { onShow, type Store, type Task } from "./label-studio-store";
import { readTexts, sameTexts, type TaskTexts } from "./label-studio-texts";

export const PANEL_TAG = "reward-scorer-label-studio";

/** What the labeling config gives the panel, and where Label Studio shows an annotation. */
const SLOT = ".reward-scorer, #reward-scorer";
const LABELING_AREA = ".lsf-main-view__annotation";

/** What was read of a task, and its JSON where that is how the task has it: it may be long. */
interface Reading {
  json: string | undefined;
  texts: TaskTexts | undefined;
  problem: Error | undefined;
}

/**
 * Keeps the one panel of a page in step with Label Studio, which draws its own part of the page anew as it
 * likes and tells scripts nothing that all its editions tell. Whatever changes, the document changes, and
 * observers hear of it before it is painted: no score is ever seen beside a text of another task.
 */
export class LabelStudioPage {
  #panel: LabelStudioPanel | undefined;
  #options: RewardsOptions | undefined;
  #annotationId: string | undefined;
  #read: Reading | undefined;
  readonly #observer = new MutationObserver(() => this.#look());

  /** Show the rewards of what is on show from now on, in place of those asked for before. */
  show(options: RewardsOptions): void {
    checkOptions(options);
    this.#options = options;
    this.#annotationId = options.annotation?.id;
    if (this.#read) this.#read = { ...this.#read, json: undefined }; // the fields may be others
    this.#observer.observe(document, { childList: true, subtree: true, characterData: true });
    this.#look();
  }

  /** Take the panel away. */
  hide(): void {
    this.#observer.disconnect();
    this.#panel?.remove();
    this.#panel = undefined;
    this.#options = undefined;
  }

  #look(): void {
    const place = findPlace();
    const seen = place && this.#see();
    if (!seen) {
      this.#panel?.remove();
      return;
    }
    this.#panel ??= this.#makePanel();
    this.#panel.options = this.#options!;
    this.#panel.sight = seen;
    if (this.#panel.parentElement !== place) place.prepend(this.#panel);
  }

  #makePanel(): LabelStudioPanel {
    const panel = document.createElement(PANEL_TAG);
    panel.look = () => this.#look();
    return panel;
  }

  #see(): Sight | undefined {
    const { store = (globalThis as { Htx?: Store }).Htx, task } = this.#options!;
    const seen = onShow(store, this.#annotationId);
    if (!seen) return undefined;
    const { texts, problem } = this.#readTask(task ?? seen.task);
    return { ...seen, texts, problem };
  }

  /** What says the same as before is the same object. */
  #readTask({ data }: Task): Reading {
    const before = this.#read;
    if (before && typeof data === "string" && data === before.json) return before;
    const now = read(this.#options!, data);
    const same =
      before && sameTexts(before.texts, now.texts) && before.problem?.message === now.problem?.message;
    this.#read = same ? { ...before, json: now.json } : now;
    return this.#read;
  }
}

function read(options: RewardsOptions, data: unknown): Reading {
  const json = typeof data === "string" ? data : undefined;
  try {
    return { json, texts: readTexts(options, data), problem: undefined };
  } catch (problem) {
    return { json, texts: undefined, problem: problem as Error };
  }
}

function findPlace(): Element | undefined {
  return document.querySelector(SLOT) ?? document.querySelector(LABELING_AREA) ?? undefined;
}
