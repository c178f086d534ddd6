import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Pair } from "../../src/shared/contract";
import { type Dtype, MANIFEST_FILE, type Manifest } from "../../src/shared/manifest";
import type { TokenBatch } from "../../src/worker/batch";
import { readLogits } from "../../src/worker/logits";
import { type Runner, scoreIds } from "../../src/worker/score-ids";
import { PairTokenizer } from "../../src/worker/tokenizer";
import { median } from "./measure";

const WARM_UPS = 3;

/** Our own graph and batches in onnxruntime-node on one thread: about what this machine can do. */
export class NativePeer {
  private constructor(
    private readonly manifest: Manifest,
    private readonly tokenizer: PairTokenizer,
    private readonly session: InferenceSession,
  ) {}

  /** @param folder a model folder of ours. @returns undefined when it has no artifact of that dtype */
  static async open(folder: string, dtype: Dtype): Promise<NativePeer | undefined> {
    const [manifest, json, config] = await Promise.all(
      [MANIFEST_FILE, "tokenizer.json", "tokenizer_config.json"].map((file) =>
        readFile(join(folder, file), "utf8"),
      ),
    );
    const parsed: Manifest = JSON.parse(manifest!);
    const artifact = parsed.artifacts.find((one) => one.dtype === dtype);
    if (!artifact) return undefined;
    const session = await InferenceSession.create(join(folder, artifact.graphs[0]!.path), {
      executionProviders: ["cpu"],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    return new NativePeer(parsed, new PairTokenizer(json!, config!, parsed.template), session);
  }

  /** Milliseconds, tokens included; the median, warm. */
  async time(pairs: readonly Pair[], rounds: number): Promise<number> {
    for (let round = 0; round < WARM_UPS; round++) await this.#score(pairs.slice(0, 8));
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      await this.#score(pairs);
      times.push(performance.now() - start);
    }
    return median(times);
  }

  release(): Promise<void> {
    return this.session.release();
  }

  #score(pairs: readonly Pair[]): Promise<number[]> {
    const runner: Runner = { run: (batch) => this.#run(batch) };
    const ids = pairs.map((pair) => this.tokenizer.encodePair(pair).ids);
    // One thread gains nothing from more rows, and loses what is padding.
    const limits = { maxTokens: 512, maxRows: 8, runTokens: 64 };
    return scoreIds(runner, ids, { padding: this.manifest.template, limits });
  }

  async #run({ rows, inputIds, attentionMask, dims }: TokenBatch): Promise<number[]> {
    const { logits } = await this.session.run({
      input_ids: new Tensor("int64", inputIds, dims),
      attention_mask: new Tensor("int64", attentionMask, dims),
    });
    return readLogits(logits, rows.length);
  }
}
