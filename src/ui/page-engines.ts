import { EnginePool } from "./engine-pool";

/** Of these sources, set by the build. */
declare const __BUILD__: string;

/** Two copies of this library on a page share its models, when they are of one build. */
const KEY = Symbol.for(`reward-scorer.engines@${__BUILD__}`);

/**
 * The name of a frame that keeps the models of the frames around it. Hosts that draw a frame anew for each
 * record put one, hidden, into the page that stays, and no model is loaded twice.
 */
export const KEEPER_NAME = "reward-scorer-keeper";

type Holder = { [KEY]?: EnginePool };

/** The models of this page, or of the keeper beside it. */
export function pageEngines(): EnginePool {
  const kept = keeperEngines();
  if (kept) return kept;
  const page = globalThis as Holder;
  page[KEY] ??= new EnginePool();
  return page[KEY];
}

/** A keeper of this origin: another's is not to be read. */
function keeperEngines(): EnginePool | undefined {
  for (let page: Window = window; page.parent !== page; page = page.parent) {
    const frames = page.parent as unknown as Record<string, Holder | undefined>;
    try {
      const engines = frames[KEEPER_NAME]?.[KEY];
      if (engines) return engines;
    } catch {
      // a page of another origin, without a keeper; or another's keeper
    }
  }
  return undefined;
}
