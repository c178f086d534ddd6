import { createScorer, type Scorer } from "../../src/ui/scorer";
import "./peer";

let scorer: Scorer;

window.peer = {
  async load({ model, device }) {
    scorer = await createScorer({ model, device });
    return scorer.model.threads;
  },
  async score(pairs) {
    return (await scorer.score(pairs)).map(({ reward }) => reward);
  },
};
