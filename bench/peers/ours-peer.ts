import { createScorer, type Scorer } from "../../src/ui/scorer";
import type { Peer } from "./peer";

export function oursPeer(): Peer {
  let scorer: Scorer;
  return {
    async load({ model, device }) {
      scorer = await createScorer({ model, device, onProgress: ({ stage }) => void performance.mark(stage) });
      performance.mark("loaded");
      return scorer.model;
    },
    async score(pairs) {
      return (await scorer.score(pairs)).map(({ reward }) => reward);
    },
    release: () => scorer.release(),
  };
}
