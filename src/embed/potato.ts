import { expectText } from "./expect-text";
import { type LabelledResponse, ScoredResponses, type ScorerSettings } from "./scored-responses";

export interface PotatoOptions extends ScorerSettings {
  /** The item's field that has the prompt. @default "prompt" */
  prompt?: string;
  /** The item's field that has the response, or a list of them. @default "responses" */
  responses?: string;
  /** The scheme that asks which response is best: with it there is a button that answers. @default none */
  schema?: string;
  /** The scheme's answer for each response, in the item's order. @default A, B, … */
  answers?: readonly string[];
  /** Where in the layout the scores go, a CSS selector. @default "[data-reward-scorer]" */
  place?: string;
}

declare global {
  interface Window {
    /** Older versions save by this; newer ones by the events of the input. */
    registerAnnotation?: (input: Element) => void;
  }
}

/** Each item is a page of its own: a press holds for the tab. */
const WANTED = "reward-scorer.wanted";

/**
 * Score the responses of the item on Potato's page, once it is read. Nothing is answered but by a press on
 * the button that says so.
 */
export function scorePotatoItem(options: PotatoOptions = {}): void {
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => show(options));
  } else {
    show(options);
  }
}

function show(options: PotatoOptions): void {
  const {
    prompt = "prompt",
    responses = "responses",
    schema,
    answers = [..."ABCDEFGHIJ"],
    place = "[data-reward-scorer]",
    ...settings
  } = options;
  const list = new ScoredResponses();
  list.settings = isWanted() ? { ...settings, loading: "eager" } : settings;
  try {
    const texts = itemTexts(itemOnPage(), prompt, responses, answers);
    Object.assign(list, texts);
    if (schema !== undefined) for (const { label } of texts.responses) control(schema, label);
    list.choosable = schema !== undefined;
  } catch (error) {
    list.problem = (error as Error).message;
  }
  list.addEventListener("scored", remember);
  list.addEventListener("choose", ({ detail }: CustomEventInit<number>) => {
    answer(control(schema!, list.responses[detail!]!.label));
  });
  document.querySelector(place)?.append(list);
}

/** The whole record, as the server has it. */
function itemOnPage(): Record<string, unknown> {
  const json = document.querySelector<HTMLElement>("[data-instance-json]")?.dataset.instanceJson;
  if (!json) throw new TypeError("item: expected [data-instance-json] on the page, found none");
  return JSON.parse(json);
}

function itemTexts(
  item: Record<string, unknown>,
  promptField: string,
  responsesField: string,
  labels: readonly string[],
): { prompt: string; responses: LabelledResponse[] } {
  const text = (value: unknown, field: string) => expectText(value, "item", field);
  const prompt = text(item[promptField], promptField);
  const value = item[responsesField];
  if (!Array.isArray(value)) return { prompt, responses: [{ label: "", text: text(value, responsesField) }] };
  const responses = value.map((response, at) => ({
    label: labels[at] ?? String(at + 1),
    text: text(response?.text ?? response, `${responsesField}[${at}]`),
  }));
  return { prompt, responses };
}

/** What an annotator would press for an answer: a tile of a pairwise scheme, or a radio button. */
function control(schema: string, answer: string): HTMLElement {
  const all = document.querySelectorAll<HTMLElement>(".pairwise-tile, input[type=radio]");
  const controls = [...all].filter(
    (control) => (control.dataset.schema ?? control.getAttribute("schema")) === schema,
  );
  // The label first: the value is the label's key where the scheme binds keys.
  const found =
    controls.find((control) => control.getAttribute("label_name") === answer) ??
    controls.find((control) => (control.dataset.value ?? control.getAttribute("value")) === answer);
  if (!found)
    throw new TypeError(`scheme "${schema}": expected an answer "${answer}" on the page, found none`);
  return found;
}

/** A click does what the annotator's would, and Potato's own listeners hear it. */
function answer(control: HTMLElement): void {
  control.click();
  if (control instanceof HTMLInputElement) window.registerAnnotation?.(control);
}

function isWanted(): boolean {
  try {
    return sessionStorage.getItem(WANTED) !== null;
  } catch {
    return false; // storage is forbidden: every page asks anew
  }
}

function remember(): void {
  try {
    sessionStorage.setItem(WANTED, "");
  } catch {
    // as above
  }
}
