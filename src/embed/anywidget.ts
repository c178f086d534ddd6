import { ASKED, type Asked } from "./asked";
import { NO_OUTCOME, type Outcome } from "./outcome";

/** Traits that kernel and page share. */
export interface TraitModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: `change:${string}`, listener: () => void): void;
  off(event: `change:${string}`, listener: () => void): void;
}

/** What a host hands over; older ones have no signal. */
export interface Initialized {
  model: TraitModel;
  signal?: AbortSignal;
}

export interface Rendered extends Initialized {
  el: HTMLElement;
}

type Cleanup = () => void;

/** A score of anything else than what the traits now say is taken back, whether a view is there or not. */
function initialize({ model, signal }: Initialized): Cleanup {
  const forget = () => write(model, { ...NO_OUTCOME, scored: null });
  if (!isOfNow(model)) forget();
  return watch(model, ASKED, forget, signal);
}

/** The element is imported here since a host gives the module and `initialize` two seconds in all. */
async function render({ model, el, signal }: Rendered): Promise<Cleanup> {
  const { AskedElement } = await import("./asked-element");
  if (signal?.aborted) return () => undefined;
  const scorer = new AskedElement((outcome) => {
    if (hasScore(model) && isOfNow(model)) return; // another view of the model was first
    write(model, { ...outcome, scored: askedOf(model) });
  });
  const ask = () => scorer.ask({ ...askedOf(model), loading: model.get("loading") as Asked["loading"] });
  const unwatch = watch(model, [...ASKED, "loading"], ask);
  const end = () => {
    unwatch();
    scorer.end();
  };
  signal?.addEventListener("abort", end, { once: true });
  ask();
  el.append(scorer.element);
  return end;
}

/** For `_esm` of anywidget's AFM hosts: Jupyter, marimo and others. docs/embedding/anywidget.md has the class. */
export default { initialize, render };

/** What the model asks, of the traits that its class has. */
function askedOf(model: TraitModel): Asked {
  const known = ASKED.filter((name) => model.get(name) !== undefined);
  return Object.fromEntries(known.map((name) => [name, model.get(name)]));
}

function isOfNow(model: TraitModel): boolean {
  const scored = model.get("scored") as Asked | null | undefined;
  return ASKED.every((name) => isSame(scored?.[name], model.get(name)));
}

function hasScore(model: TraitModel): boolean {
  return [model.get("score"), model.get("scores")].some((score) => score != null);
}

/** Save what changes, of the traits that the model's class has, in one message. */
function write(model: TraitModel, values: Outcome & { scored: Asked | null }): void {
  const changed = Object.entries(values).filter(([name, value]) => {
    const before = model.get(name);
    return before !== undefined && !isSame(before, value);
  });
  for (const [name, value] of changed) model.set(name, value);
  if (changed.length) model.save_changes();
}

function watch(
  model: TraitModel,
  names: readonly string[],
  listener: () => void,
  signal?: AbortSignal,
): Cleanup {
  for (const name of names) model.on(`change:${name}`, listener);
  const unwatch = () => {
    for (const name of names) model.off(`change:${name}`, listener);
  };
  signal?.addEventListener("abort", unwatch, { once: true });
  return unwatch;
}

/** Traits are JSON. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
