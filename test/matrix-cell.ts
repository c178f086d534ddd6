import { rankCorrelation } from "../src/cli/rank-correlation";
import type { Pair, Reward } from "../src/shared/contract";
import type { Dtype, Graph, Manifest } from "../src/shared/manifest";
import { BATCH_TOLERANCE, RANK_TOLERANCE, TOLERANCE } from "../src/shared/tolerance";
import { type FixturePair, spreadOf } from "./fixture";
import { seededRandom } from "./wide-sequences";

export const BACKENDS = ["Node", "WASM, 1 thread", "WASM, threads", "WebGPU"] as const;
export type Backend = (typeof BACKENDS)[number];

/** One graph of one artifact on one backend. */
export interface Cell {
  backend: Backend;
  dtype: Dtype;
  attention: Graph["attention"];
}

/** Scores pairs on one session, in one call. */
export type ScorePairs = (pairs: readonly Pair[]) => Promise<Pick<Reward, "reward" | "tokens">[]>;

/** Errors are shares of the spread of the reference rewards. */
export interface FormResult {
  form: "alone" | "batched" | "shuffled" | "repeated";
  pairCount: number;
  worst: number;
  mean: number;
  /** Spearman's, against the reference. */
  rank: number;
  worstPair: string;
}

export interface CellResult {
  forms: FormResult[];
  /** Largest difference that a pair shows between forms. */
  formsApart: number;
  /** Largest difference between repetitions of one call on one session. */
  repeatsApart: number;
  /** What leaves its tolerance; empty when all is well. */
  problems: string[];
}

const REPETITIONS = 20;
/** Pairs that are scored alone, shuffled and again where a run takes long: the shortest. */
const FEW_PAIRS = 8;

/** Every cell of a model folder. fp16 has no device here but Node, which computes it as its GPUs would. */
export function cellsOf({ artifacts }: Manifest): Cell[] {
  return artifacts.flatMap(({ dtype, devices, requires, graphs }) => {
    const onGpu = devices.includes("webgpu") && requires.length === 0;
    const backends: Backend[] = [
      ...(dtype === "q8" ? [] : (["Node"] as const)),
      ...(devices.includes("wasm") ? (["WASM, 1 thread", "WASM, threads"] as const) : []),
      ...(onGpu ? (["WebGPU"] as const) : []),
    ];
    return backends.flatMap((backend) => graphs.map(({ attention }) => ({ backend, dtype, attention })));
  });
}

/** Score the pairs in every form and hold them against the reference, and against each other. */
export async function measureCell(
  { backend, dtype }: Cell,
  pairs: readonly FixturePair[],
  scorePairs: ScorePairs,
): Promise<CellResult> {
  const spread = spreadOf(pairs);
  const few = backend === "WebGPU" ? shortest(pairs) : pairs;
  const misread: string[] = [];
  const score = async (some: readonly FixturePair[]) => {
    const scores = await scorePairs(some);
    for (const [at, { ids, prompt }] of some.entries()) {
      if (scores[at]!.tokens !== ids.length) misread.push(`tokens of ${printable(prompt)}`);
    }
    return scores.map(({ reward }) => reward);
  };
  const batched = await score(pairs);
  const alone: number[] = [];
  for (const pair of few) alone.push(...(await score([pair])));
  const order = shuffledIndices(few.length);
  const shuffled = unshuffle(order, await score(order.map((at) => few[at]!)));
  const again = shortest(pairs);
  const repeated: number[][] = [];
  for (let time = 0; time < REPETITIONS; time++) repeated.push(await score(again));
  const ofBatched = (some: readonly FixturePair[]) => some.map((pair) => batched[pairs.indexOf(pair)]!);
  const forms = [
    judgeForm("alone", few, alone, spread),
    judgeForm("batched", pairs, batched, spread),
    judgeForm("shuffled", few, shuffled, spread),
    judgeForm("repeated", again, repeated[0]!, spread),
  ];
  const formsApart = Math.max(
    ...[alone, shuffled].map((rewards) => apart(rewards, ofBatched(few))),
    apart(repeated[0]!, ofBatched(again)),
  );
  const repeatsApart = Math.max(...repeated.map((rewards) => apart(rewards, repeated[0]!)));
  const result = { forms, formsApart: formsApart / spread, repeatsApart: repeatsApart / spread };
  return { ...result, problems: [...misread, ...problemsOf(backend, dtype, pairs.length, result)] };
}

function problemsOf(
  backend: Backend,
  dtype: Dtype,
  pairCount: number,
  { forms, formsApart, repeatsApart }: Omit<CellResult, "problems">,
): string[] {
  const allowed = TOLERANCE[dtype];
  const limit = (what: string, found: number, most: number) =>
    found <= most ? [] : [`${what}: expected at most ${most}, got ${found}`];
  const least = (what: string, found: number, most: number) =>
    found >= most ? [] : [`${what}: expected at least ${most}, got ${found}`];
  return [
    ...forms.flatMap(({ form, worst }) => limit(`${form}: worst error`, worst, allowed.worst)),
    ...forms
      .filter((form) => form.pairCount === pairCount)
      .flatMap(({ form, mean, rank }) => [
        ...limit(`${form}: mean error`, mean, allowed.mean),
        ...least(`${form}: rank correlation`, rank, RANK_TOLERANCE[dtype]),
      ]),
    ...limit("forms apart", formsApart, backend.startsWith("WASM") ? 0 : BATCH_TOLERANCE),
    ...limit("repetitions apart", repeatsApart, 0),
  ];
}

function judgeForm(
  form: FormResult["form"],
  pairs: readonly FixturePair[],
  rewards: readonly number[],
  spread: number,
): FormResult {
  const errors = pairs.map((pair, at) => Math.abs(rewards[at]! - pair.score) / spread);
  const worst = Math.max(...errors);
  const { prompt } = pairs[Math.max(0, errors.indexOf(worst))]!;
  return {
    form,
    pairCount: pairs.length,
    worst,
    mean: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    rank: rankCorrelation(
      rewards,
      pairs.map(({ score }) => score),
    ),
    worstPair: printable(prompt),
  };
}

/** The start of a text, quoted; what cannot be seen is escaped. */
function printable(text: string): string {
  const start = JSON.stringify(Array.from(text).slice(0, 24).join(""));
  return start.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, (unseen) => {
    return `\\u${unseen.codePointAt(0)!.toString(16).padStart(4, "0")}`;
  });
}

function shortest(pairs: readonly FixturePair[]): FixturePair[] {
  return pairs.toSorted((a, b) => a.ids.length - b.ids.length).slice(0, FEW_PAIRS);
}

function shuffledIndices(count: number): number[] {
  const below = seededRandom(1);
  const indices = Array.from({ length: count }, (_, at) => at);
  for (let last = count - 1; last > 0; last--) {
    const other = below(last + 1);
    [indices[last], indices[other]] = [indices[other]!, indices[last]!];
  }
  return indices;
}

function unshuffle(order: readonly number[], rewards: readonly number[]): number[] {
  const inOrder = new Array<number>(order.length);
  for (const [at, index] of order.entries()) inOrder[index] = rewards[at]!;
  return inOrder;
}

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, at) => Math.abs(value - b[at]!)));
}
