import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Pair, Reward } from "../shared/contract";
import type { Artifact, Graph, Manifest } from "../shared/manifest";
import type { BatchLimits, Padding } from "../worker/batch";
import { scoreIds } from "../worker/score-ids";
import { PairTokenizer } from "../worker/tokenizer";
import { NodeSession } from "./node-session";

/** Native runs gain little from more rows; these fit a BERT-base in a few hundred megabytes. */
const LIMITS: BatchLimits = { maxTokens: 4096, maxRows: 32 };

/** Scores pairs with one graph of a model folder, by the engine's own tokenizer and batches. `q8` runs in WASM. */
export class NodeScorer {
  readonly #session: NodeSession;
  readonly #tokenizer: PairTokenizer;
  readonly #padding: Padding;

  /** @throws ScorerError `malformed-model` */
  static async open(
    folder: string,
    { template }: Pick<Manifest, "template">,
    { dtype, weights }: Pick<Artifact, "dtype" | "weights">,
    graph: Graph,
  ): Promise<NodeScorer> {
    const [json, config] = await Promise.all(
      ["tokenizer.json", "tokenizer_config.json"].map((name) => readFile(join(folder, name), "utf8")),
    );
    const tokenizer = new PairTokenizer(json!, config!, template);
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

  private constructor(session: NodeSession, tokenizer: PairTokenizer, padding: Padding) {
    this.#session = session;
    this.#tokenizer = tokenizer;
    this.#padding = padding;
  }

  /**
   * One reward per pair, same order.
   *
   * @throws ScorerError `run-failed`, `out-of-memory`
   */
  async score(pairs: readonly Pair[]): Promise<Reward[]> {
    const encoded = pairs.map((pair) => this.#tokenizer.encodePair(pair));
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
