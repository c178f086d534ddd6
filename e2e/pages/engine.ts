import { clearCachedFiles, forgetFiles, listCachedFiles } from "../../src/shared/file-cache";
import { createScorer } from "../../src/ui/scorer";

/** What the engine's tests call in the page. */
const engine = { createScorer, listCachedFiles, forgetFiles, clearCachedFiles };

declare global {
  interface Window {
    engine: typeof engine;
  }
}

window.engine = engine;
