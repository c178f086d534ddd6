import { carries, type ProdigyTask, scoreChanges, taskTexts, withdrawal } from "./prodigy-task";
import { ScoredResponses, type ScorerSettings } from "./scored-responses";

export interface ProdigyOptions extends ScorerSettings {
  /** The task's field that has the prompt. @default "prompt" */
  prompt?: string;
  /** The task's field that has the response, where the task has no options. @default "response" */
  response?: string;
  /** Where in the template the scores go, a CSS selector. @default "[data-reward-scorer]" */
  place?: string;
}

/**
 * Score the tasks of Prodigy's page as they come, and put the scores into them, with the model that gave
 * them. Nothing is accepted but by a press on the button that says so.
 *
 * @returns a function that ends it
 */
export function scoreProdigyTasks(options: ProdigyOptions = {}): () => void {
  const door = new ProdigyDoor(options);
  const look = () => door.look();
  const answered = () => {
    door.answered();
    queueMicrotask(look); // the next task may take the answered one's place without another word
  };
  document.addEventListener("prodigymount", look);
  document.addEventListener("prodigyupdate", look);
  document.addEventListener("prodigyanswer", answered);
  look();
  return () => {
    document.removeEventListener("prodigymount", look);
    document.removeEventListener("prodigyupdate", look);
    document.removeEventListener("prodigyanswer", answered);
    door.list.remove();
  };
}

class ProdigyDoor {
  readonly list = new ScoredResponses();
  readonly #fields: { prompt: string; response: string };
  readonly #place: string;
  /** The task that the list shows, by its hash and its texts. */
  #shown: string | undefined;
  /** Which texts the scores of each task are of, as `#shown` has them: an undo brings a task back. */
  readonly #scored = new Map<ProdigyTask["_task_hash"], string | undefined>();
  /** The texts whose scores were put into a task since the last answer. */
  #written: string | undefined;

  constructor({
    prompt = "prompt",
    response = "response",
    place = "[data-reward-scorer]",
    ...settings
  }: ProdigyOptions) {
    this.#fields = { prompt, response };
    this.#place = place;
    this.list.settings = settings;
    this.list.addEventListener("scored", () => this.look());
    this.list.addEventListener("choose", ({ detail }: CustomEventInit<number>) => this.#accept(detail!));
  }

  /** Show the task that is on the page now; once it has its scores, put them into it. */
  look(): void {
    const task = window.prodigy?.content;
    const place = document.querySelector(this.#place);
    if (!task || !place) {
      this.list.remove();
      return;
    }
    if (this.list.parentElement !== place) place.append(this.list);
    this.#show(task);
    this.#withdraw(task);
    this.#mark(window.prodigy!.content!);
  }

  /** A task just like the answered one is marked anew. */
  answered(): void {
    this.#written = undefined;
  }

  #show(task: ProdigyTask): void {
    this.list.choosable = (task.options?.length ?? 0) > 1;
    try {
      const texts = taskTexts(task, this.#fields);
      const shown = JSON.stringify([task._task_hash, texts]);
      if (shown === this.#shown) return;
      this.#shown = shown;
      Object.assign(this.list, texts, { problem: undefined });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#shown = undefined;
      Object.assign(this.list, { responses: [], problem: error.message });
    }
  }

  /** Take the scores out of a task whose texts the annotator has changed, whoever put them there. */
  #withdraw(task: ProdigyTask): void {
    const { _task_hash: hash } = task;
    const changes = withdrawal(task);
    if (!changes) return;
    if (!this.#scored.has(hash)) this.#scored.set(hash, this.#shown);
    if (this.#scored.get(hash) === this.#shown) return;
    this.#scored.delete(hash);
    this.#written = undefined;
    window.prodigy!.update(changes);
  }

  /** Our own update is an event of Prodigy's, too: no task is updated twice for the same texts. */
  #mark(task: ProdigyTask): void {
    const shown = this.#shown;
    if (!this.list.scored || this.#written === shown) return;
    const changes = scoreChanges(task, this.list.scored, this.#fields);
    this.#scored.set(task._task_hash, shown);
    if (carries(task, changes)) return;
    this.#written = shown;
    window.prodigy!.update(changes);
  }

  #accept(at: number): void {
    const option = window.prodigy?.content?.options?.[at];
    if (option) window.prodigy!.update({ accept: [option.id] });
  }
}
