import { ScorerError } from "../shared/errors";
import type { Artifact, Golden, Manifest } from "../shared/manifest";
import { spreadOf } from "../shared/spread";
import { BATCH_TOLERANCE, goldenTolerance } from "../shared/tolerance";
import type { BatchLimits } from "./batch";
import { type Runner, scoreIds } from "./score-ids";
import { SHORT_GOLDENS_BATCH, shortGoldens } from "./short-goldens";
import type { PairTokenizer } from "./tokenizer";

/** Smallest difference between batched and single that counts, for models whose rewards hardly differ. */
const LEAST_BATCH_ERROR = 1e-5;

/** Long goldens run alone: what they cost in memory is known then. */
const ALONE: BatchLimits = { maxTokens: 0, maxRows: 1, runTokens: 0 };

export interface CheckResult {
  checkedPairs: number;
  /** Largest difference from the artifact's own rewards, in reward units; infinite when the tokens differ. */
  maxError: number;
  /** Undefined when the session agrees. */
  disagreement: string | undefined;
}

/** @throws ScorerError `run-failed` — the session disagrees */
export function expectAgreement({ disagreement }: CheckResult): void {
  if (disagreement !== undefined) throw new ScorerError("run-failed", `self-check: ${disagreement}`);
}

export interface CheckOptions {
  manifest: Manifest;
  artifact: Artifact;
  tokenizer: PairTokenizer;
}

/**
 * Holds a session against what the same artifact gave when it was made. A backend can be silently wrong, and
 * kernels take other ways with longer texts and with more of them at once. So no pair is scored before a golden at
 * least as long, and no batch before one of goldens as large: the short goldens at the load, the others before the
 * first work that needs them.
 */
export class SelfCheck {
  readonly #session: Runner;
  readonly #options: CheckOptions;
  readonly #short: number[];
  /** Not scored yet, the shortest first. */
  #long: number[];
  #checkedTokens = 0;
  /** Most rows that goldens were scored in together, by the length of the longest of them. */
  readonly #checkedRows = new Map<number, number>();
  #result: CheckResult = { checkedPairs: 0, maxError: 0, disagreement: undefined };

  constructor(session: Runner, options: CheckOptions) {
    this.#session = session;
    this.#options = options;
    const { goldens } = options.manifest;
    this.#short = shortGoldens(goldens);
    this.#long = goldens
      .map((_, at) => at)
      .filter((at) => !this.#short.includes(at))
      .sort((a, b) => goldens[a]!.tokens - goldens[b]!.tokens);
  }

  /**
   * Score the short goldens: batched and padded, and the shortest, which has the most padding, once more
   * alone.
   *
   * @throws ScorerError `run-failed`, `out-of-memory`
   */
  async start(onProgress?: (checkedPairs: number, totalPairs: number) => void): Promise<CheckResult> {
    const totalPairs = this.#short.length + 1;
    onProgress?.(0, totalPairs);
    const batched = await this.#check(this.#short, SHORT_GOLDENS_BATCH);
    if (this.#result.disagreement !== undefined) return this.#result;
    this.#checkedRows.set(this.#shortTokens, this.#short.length);
    onProgress?.(this.#short.length, totalPairs);
    const [single] = await this.#score(this.#short.slice(0, 1), ALONE);
    onProgress?.(totalPairs, totalPairs);
    const disagreement = judgeBatch(Math.abs(single! - batched[0]!), this.#options.manifest);
    this.#result = { ...this.#result, disagreement };
    return this.#result;
  }

  /**
   * Milliseconds a pair: the short goldens once more, after {@link start} has had their kernels compiled.
   *
   * @throws ScorerError `run-failed`, `out-of-memory`
   */
  async time(): Promise<number> {
    const start = performance.now();
    await this.#score(this.#short, SHORT_GOLDENS_BATCH);
    return (performance.now() - start) / this.#short.length;
  }

  /**
   * Score the goldens not scored yet, up to the first length that is at least `tokens`, and batches of goldens as
   * large as the largest to come: of that length, and of the short ones. A session that disagreed once disagrees
   * for ever.
   *
   * @param batchTokens padded tokens of the largest batch to come
   * @param beforeBatch as of {@link scoreIds}
   * @throws ScorerError `run-failed`, `out-of-memory`
   */
  async cover(tokens: number, batchTokens: number, beforeBatch?: () => Promise<void>): Promise<CheckResult> {
    const { goldens } = this.#options.manifest;
    while (this.#checkedTokens < tokens && this.#long.length > 0 && this.#result.disagreement === undefined) {
      const length = goldens[this.#long[0]!]!.tokens;
      const next = this.#long.filter((at) => goldens[at]!.tokens === length);
      await this.#check(next, ALONE, beforeBatch);
      this.#long = this.#long.slice(next.length);
    }
    const lengths = goldens.map(({ tokens }) => tokens).sort((a, b) => a - b);
    const longest = lengths.find((length) => length >= tokens) ?? lengths.at(-1)!;
    for (const length of longest > this.#shortTokens ? [this.#shortTokens, longest] : [this.#shortTokens]) {
      await this.#checkBatch(length, Math.ceil(batchTokens / length), beforeBatch);
    }
    return this.#result;
  }

  /** Of the longest short golden. */
  get #shortTokens(): number {
    return this.#options.manifest.goldens[this.#short.at(-1)!]!.tokens;
  }

  /** Rows of one run: goldens of up to a length, the longest first, as often as it takes. */
  async #checkBatch(length: number, rows: number, beforeBatch?: () => Promise<void>): Promise<void> {
    if (rows <= (this.#checkedRows.get(length) ?? 1) || this.#result.disagreement !== undefined) return;
    const { goldens } = this.#options.manifest;
    const fitting = goldens
      .map((_, at) => at)
      .filter((at) => goldens[at]!.tokens <= length)
      .sort((a, b) => goldens[b]!.tokens - goldens[a]!.tokens);
    const indices = Array.from({ length: rows }, (_, row) => fitting[row % fitting.length]!);
    const oneRun = { maxTokens: rows * length, maxRows: rows, runTokens: rows * length };
    const { checkedPairs } = this.#result;
    await this.#check(indices, oneRun, beforeBatch);
    this.#result = { ...this.#result, checkedPairs };
    this.#checkedRows.set(length, rows);
  }

  async #check(
    indices: readonly number[],
    limits: BatchLimits,
    beforeBatch?: () => Promise<void>,
  ): Promise<number[]> {
    const { manifest, artifact, tokenizer } = this.#options;
    const goldens = indices.map((at) => manifest.goldens[at]!);
    const misread = findMisread(goldens, tokenizer);
    if (misread) {
      this.#result = { ...this.#result, maxError: Number.POSITIVE_INFINITY, disagreement: misread };
      return [];
    }
    const rewards = await this.#score(indices, limits, beforeBatch);
    const errors = indices.map((golden, at) => Math.abs(rewards[at]! - artifact.rewards[golden]!));
    const maxError = Math.max(this.#result.maxError, ...errors);
    const checkedPairs = this.#result.checkedPairs + goldens.length;
    this.#result = { checkedPairs, maxError, disagreement: judge(maxError, artifact) };
    this.#checkedTokens = Math.max(this.#checkedTokens, ...goldens.map(({ tokens }) => tokens));
    return rewards;
  }

  #score(
    indices: readonly number[],
    limits: BatchLimits,
    beforeBatch?: () => Promise<void>,
  ): Promise<number[]> {
    const { manifest, tokenizer } = this.#options;
    const sequences = indices.map((at) => tokenizer.encodePair(manifest.goldens[at]!).ids);
    return scoreIds(this.#session, sequences, {
      padding: manifest.template,
      limits,
      ...(beforeBatch && { beforeBatch }),
    });
  }
}

/** @returns the first golden that is other tokens than when it was made, in words, or undefined */
export function findMisread(goldens: readonly Golden[], tokenizer: PairTokenizer): string | undefined {
  for (const golden of goldens) {
    const { tokens } = tokenizer.encodePair(golden);
    if (tokens === golden.tokens) continue;
    const start = JSON.stringify(golden.prompt.slice(0, 30));
    return `golden ${start}: expected ${golden.tokens} tokens, got ${tokens}`;
  }
  return undefined;
}

function judge(maxError: number, artifact: Artifact): string | undefined {
  const allowed = goldenTolerance(artifact);
  if (maxError <= allowed) return undefined;
  return `largest error on the goldens: expected at most ${round(allowed)}, got ${round(maxError)}`;
}

function judgeBatch(error: number, { goldens }: Manifest): string | undefined {
  const allowed = Math.max(BATCH_TOLERANCE * spreadOf(goldens), LEAST_BATCH_ERROR);
  if (error <= allowed) return undefined;
  return `batched against single: expected at most ${round(allowed)}, got ${round(error)}`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
