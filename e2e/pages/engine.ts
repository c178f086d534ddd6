import { clearCachedFiles, listCachedFiles } from "../../src/shared/file-cache";
import { createScorer } from "../../src/ui/scorer";

/** What the engine's tests call in the page. */
const engine = { createScorer, listCachedFiles, clearCachedFiles };

declare global {
  interface Window {
    engine: typeof engine;
  }
}

window.engine = engine;
