import { createScorer, type Scorer } from "../../src/ui/scorer";
import "./peer";

let scorer: Scorer;

window.peer = {
  async load({ model, device }) {
    scorer = await createScorer({ model, device, onProgress: ({ stage }) => void performance.mark(stage) });
    performance.mark("loaded");
    return scorer.model.threads;
  },
  async score(pairs) {
    return (await scorer.score(pairs)).map(({ reward }) => reward);
  },
};
