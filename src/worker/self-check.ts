import type { Artifact, Golden, Manifest } from "../shared/manifest";
import { spreadOf } from "../shared/spread";
import { BATCH_TOLERANCE } from "../shared/tolerance";
import { type Runner, scoreIds } from "./score-ids";
import { SHORT_GOLDENS_BATCH, shortGoldens } from "./short-goldens";
import type { EncodedPair, PairTokenizer } from "./tokenizer";

/** Smallest difference between batched and single that counts, for models whose rewards hardly differ. */
const LEAST_BATCH_ERROR = 1e-5;

export interface CheckResult {
  checkedPairs: number;
  /** Largest difference from the artifact's own rewards, in reward units; infinite when the tokens differ. */
  maxError: number;
  /** Undefined when the session agrees. */
  disagreement: string | undefined;
}

export interface CheckOptions {
  manifest: Manifest;
  artifact: Artifact;
  tokenizer: PairTokenizer;
  onProgress?: (checkedPairs: number, totalPairs: number) => void;
}

/**
 * Score the manifest's goldens on a session just made: batched and padded, and the shortest, which has
 * the most padding, once more alone. A backend can be silently wrong, so no other score comes before this.
 *
 * @throws ScorerError `run-failed`, `out-of-memory`
 */
export async function selfCheck(session: Runner, options: CheckOptions): Promise<CheckResult> {
  const { manifest, artifact, tokenizer, onProgress } = options;
  const goldens = shortGoldens(manifest.goldens).map((at) => ({
    ...manifest.goldens[at]!,
    reward: artifact.rewards[at]!,
  }));
  const totalPairs = goldens.length + 1;
  onProgress?.(0, totalPairs);
  const encoded = goldens.map((golden) => tokenizer.encodePair(golden));
  const misread = findMisread(goldens, encoded);
  if (misread) return { checkedPairs: 0, maxError: Number.POSITIVE_INFINITY, disagreement: misread };
  const sequences = encoded.map(({ ids }) => ids);
  const batching = { padding: manifest.template, limits: SHORT_GOLDENS_BATCH };
  const batched = await scoreIds(session, sequences, batching);
  onProgress?.(goldens.length, totalPairs);
  const [single] = await scoreIds(session, sequences.slice(0, 1), batching);
  onProgress?.(totalPairs, totalPairs);
  const errors = batched.map((reward, at) => Math.abs(reward - goldens[at]!.reward));
  const maxError = Math.max(...errors, Math.abs(single! - goldens[0]!.reward));
  const batchError = Math.abs(single! - batched[0]!);
  const disagreement = judge({ maxError, batchError }, artifact.tolerance, batchTolerance(manifest));
  return { checkedPairs: goldens.length, maxError, disagreement };
}

function findMisread(goldens: readonly Golden[], encoded: readonly EncodedPair[]): string | undefined {
  const at = goldens.findIndex(({ tokens }, index) => tokens !== encoded[index]!.tokens);
  if (at < 0) return undefined;
  const { prompt, tokens } = goldens[at]!;
  return `golden ${JSON.stringify(prompt.slice(0, 30))}: expected ${tokens} tokens, got ${encoded[at]!.tokens}`;
}

function batchTolerance({ goldens }: Manifest): number {
  return Math.max(BATCH_TOLERANCE * spreadOf(goldens), LEAST_BATCH_ERROR);
}

function judge(
  { maxError, batchError }: { maxError: number; batchError: number },
  tolerance: number,
  batchTolerance: number,
): string | undefined {
  if (!(maxError <= tolerance)) {
    return `largest error on the goldens: expected at most ${round(tolerance)}, got ${round(maxError)}`;
  }
  if (!(batchError <= batchTolerance)) {
    return `batched against single: expected at most ${round(batchTolerance)}, got ${round(batchError)}`;
  }
  return undefined;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
