import { InferenceSession, Tensor } from "onnxruntime-node";
import { ScorerError } from "../shared/errors";
import type { TokenBatch } from "../worker/batch";
import { readLogits } from "../worker/logits";
import { runError } from "../worker/run-error";

/** Errors alone: ONNX Runtime warns of every node that it leaves on the CPU. */
const LOG_SEVERITY_ERROR = 3;

/** A graph on the CPU, in native code. */
export class NodeSession {
  readonly #session: InferenceSession;

  /**
   * @param path the graph; its external data is found beside it
   * @throws ScorerError `malformed-model` — ONNX Runtime refuses it (`cause` kept)
   */
  static async create(path: string): Promise<NodeSession> {
    const options = { executionProviders: ["cpu"], logSeverityLevel: LOG_SEVERITY_ERROR } as const;
    try {
      return new NodeSession(await InferenceSession.create(path, options));
    } catch (cause) {
      throw new ScorerError("malformed-model", `${path}: refused by onnxruntime-node`, { cause });
    }
  }

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  /**
   * One reward per row of the batch.
   *
   * @throws ScorerError `run-failed`, `out-of-memory`
   */
  async run({ rows, inputIds, attentionMask, dims }: TokenBatch): Promise<number[]> {
    const feeds = {
      input_ids: new Tensor("int64", inputIds, dims),
      attention_mask: new Tensor("int64", attentionMask, dims),
    };
    try {
      const { logits } = await this.#session.run(feeds);
      return readLogits(logits, rows.length);
    } catch (cause) {
      throw runError("run", cause);
    }
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
