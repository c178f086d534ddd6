import type { Pair } from "../shared/contract";
import type { Manifest } from "../shared/manifest";

/** A score on a model card: whoever has the real weights can hold them against it. */
export interface PublishedScore extends Pair {
  repository: string;
  /** The generation that the score was made with. */
  architecture: Manifest["architecture"];
  alpha: number;
  score: number;
}

/** Scores are published with three decimals; float arithmetic in another order takes the last one. */
export const PUBLISHED_TOLERANCE = 0.002;

const SCORES: readonly PublishedScore[] = [
  {
    repository: "nicholasKluge/RewardModel",
    architecture: "RewardModel",
    alpha: 10,
    prompt: "What is the capital of France?",
    response:
      "Paris, France's capital, is a major European city and a global center for art, fashion, gastronomy and culture.",
    score: 3.183,
  },
  {
    repository: "nicholasKluge/RewardModel",
    architecture: "RewardModel",
    alpha: 10,
    prompt: "What is the capital of France?",
    response: "Google it pal.",
    score: -5.781,
  },
  {
    repository: "nicholasKluge/RewardModel",
    architecture: "BertForSequenceClassification",
    alpha: 1,
    prompt: "Why is AI Ethics important?",
    response:
      "Who cares about AI Ethics? It's just a bunch of whining about humans making and using AI and bitching about what the machines do.",
    score: -10.942,
  },
];

/** The published scores of the model that a folder was converted from. */
export function publishedScores({ source, architecture }: Manifest): PublishedScore[] {
  return SCORES.filter(
    (published) => published.repository === source.repository && published.architecture === architecture,
  );
}
