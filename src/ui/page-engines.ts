import { EnginePool } from "./engine-pool";

/** The version of the library, set by its build. */
declare const __VERSION__: string;

/** Two copies of this library on a page share its models, when they are of one version. */
const KEY = Symbol.for(`reward-scorer.engines@${__VERSION__}`);

/** The models of this page. */
export function pageEngines(): EnginePool {
  const page = globalThis as { [KEY]?: EnginePool };
  page[KEY] ??= new EnginePool();
  return page[KEY];
}
