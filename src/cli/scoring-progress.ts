import { SingleBar } from "cli-progress";
import { tell } from "./printable";

/** What a person sees of a long scoring. */
export interface ScoringProgress {
  update(scoredPairs: number): void;
  stop(): void;
}

/** A bar on a terminal, a line a step elsewhere; always on standard error. */
export function scoringProgress(totalPairs: number): ScoringProgress {
  if (!process.stderr.isTTY) {
    return {
      update: (scoredPairs) => tell(`scored ${scoredPairs} of ${totalPairs} pairs`),
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: "scoring {bar} {value} of {total} pairs, {eta_formatted} left",
    clearOnComplete: true,
  });
  bar.start(totalPairs, 0);
  return { update: (scoredPairs) => bar.update(scoredPairs), stop: () => bar.stop() };
}
