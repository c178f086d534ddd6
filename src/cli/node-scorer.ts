import { basename, join } from "node:path";
import type { Pair, Reward } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import type { Artifact, Graph, Manifest } from "../shared/manifest";
import type { BatchLimits, Padding } from "../worker/batch";
import { scoreIds } from "../worker/score-ids";
import { expectAgreement, SelfCheck } from "../worker/self-check";
import type { PairTokenizer } from "../worker/tokenizer";
import { checkFiles } from "./check-files";
import { chooseNodeArtifact, readManifest } from "./model-folder";
import { NodeSession } from "./node-session";
import { openTokenizer } from "./open-tokenizer";

/** Native runs gain little from more rows; these fit a BERT-base in a few hundred megabytes. */
const LIMITS: BatchLimits = { maxTokens: 4096, maxRows: 32, runTokens: 64 };

/** A scorer whose session agrees, and what it was opened of. */
interface CheckedScorer {
  scorer: NodeScorer;
  manifest: Manifest;
  artifact: Artifact;
}

/** Scores pairs with one graph of a model folder, by the engine's own tokenizer and batches. `q8` runs in WASM. */
export class NodeScorer {
  readonly #session: NodeSession;
  readonly #tokenizer: PairTokenizer;
  readonly #padding: Padding;
  #check: SelfCheck | undefined;

  /** @throws ScorerError `malformed-model` */
  static async open(
    folder: string,
    { template }: Pick<Manifest, "template">,
    { dtype, weights }: Pick<Artifact, "dtype" | "weights">,
    graph: Graph,
  ): Promise<NodeScorer> {
    const tokenizer = await openTokenizer(folder, template);
    const path = join(folder, graph.path);
    const session =
      dtype === "q8"
        ? await NodeSession.createWasm(
            path,
            weights.map((weight) => basename(weight.path)),
          )
        : await NodeSession.create(path);
    return new NodeScorer(session, tokenizer, template);
  }

  /**
   * The artifact of a model folder to score with in Node, held against its hashes and its own rewards as the
   * engine does: no pair is scored before a golden at least as long has agreed.
   *
   * @throws ScorerError `model-not-found`, `malformed-model`, `no-execution-provider`, `integrity-mismatch`
   * @throws ScorerError `run-failed` — the session disagrees
   */
  static async openChecked(folder: string): Promise<CheckedScorer> {
    const manifest = await readManifest(folder);
    const artifact = chooseNodeArtifact(manifest);
    await expectFiles(folder, { ...manifest, artifacts: [artifact] });
    const scorer = await NodeScorer.open(folder, manifest, artifact, artifact.graphs[0]!);
    scorer.#check = new SelfCheck(scorer.#session, { manifest, artifact, tokenizer: scorer.#tokenizer });
    try {
      expectAgreement(await scorer.#check.start());
    } catch (error) {
      await scorer.release();
      throw error;
    }
    return { scorer, manifest, artifact };
  }

  private constructor(session: NodeSession, tokenizer: PairTokenizer, padding: Padding) {
    this.#session = session;
    this.#tokenizer = tokenizer;
    this.#padding = padding;
  }

  /**
   * One reward per pair, same order.
   *
   * @throws ScorerError `run-failed` — also when the session disagrees with a golden as long as these pairs
   * @throws ScorerError `out-of-memory`
   */
  async score(pairs: readonly Pair[]): Promise<Reward[]> {
    const encoded = pairs.map((pair) => this.#tokenizer.encodePair(pair));
    const longest = encoded.reduce((most, { tokens }) => Math.max(most, tokens), 0);
    if (this.#check) {
      const largestBatch = Math.min(encoded.length * longest, LIMITS.maxTokens);
      expectAgreement(await this.#check.cover(longest, largestBatch));
    }
    const sequences = encoded.map(({ ids }) => ids);
    const rewards = await scoreIds(this.#session, sequences, { padding: this.#padding, limits: LIMITS });
    return encoded.map(({ tokens, truncated, unread }, index) => ({
      reward: rewards[index]!,
      tokens,
      truncated,
      unread,
    }));
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

/** @throws ScorerError `integrity-mismatch` — names the first file that is not what the manifest says */
async function expectFiles(folder: string, manifest: Manifest): Promise<void> {
  const checks = await checkFiles(folder, manifest);
  const wrong = checks.find(({ problem }) => problem !== undefined);
  if (wrong) throw new ScorerError("integrity-mismatch", `${wrong.file.path}: ${wrong.problem}`);
}
