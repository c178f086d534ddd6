import { createScorer, type Scorer } from "../../src/ui/scorer";
import type { PeerHandle } from "./peer";

export function oursPeer(): PeerHandle {
  const life = new AbortController();
  let scorer: Scorer | undefined;
  return {
    async load({ model, device }) {
      const onProgress = ({ stage }: { stage: string }) => void performance.mark(stage);
      scorer = await createScorer({ model, device, signal: life.signal, onProgress });
      performance.mark("loaded");
      return scorer.model;
    },
    async score(pairs) {
      return (await scorer!.score(pairs)).map(({ reward }) => reward);
    },
    release: () => scorer!.release(),
    end() {
      life.abort();
      void scorer?.release();
    },
  };
}
