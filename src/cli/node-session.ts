import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as native from "onnxruntime-node";
import { ScorerError } from "../shared/errors";
import type { TokenBatch } from "../worker/batch";
import { readLogits } from "../worker/logits";
import { runError } from "../worker/run-error";

/** Errors alone: ONNX Runtime warns of every node that it leaves on the CPU. */
const LOG_SEVERITY_ERROR = 3;

type Ort = Pick<typeof native, "InferenceSession" | "Tensor">;

/** A graph on the CPU. */
export class NodeSession {
  readonly #session: native.InferenceSession;
  readonly #ort: Ort;

  /**
   * In native code: quick, and right but for int8 products, which saturate on x86 CPUs without VNNI.
   *
   * @param path the graph; its external data is found beside it
   * @throws ScorerError `malformed-model` — ONNX Runtime refuses it (`cause` kept)
   */
  static async create(path: string): Promise<NodeSession> {
    const options = { executionProviders: ["cpu"], logSeverityLevel: LOG_SEVERITY_ERROR } as const;
    try {
      return new NodeSession(await native.InferenceSession.create(path, options), native);
    } catch (cause) {
      throw new ScorerError("malformed-model", `${path}: refused by onnxruntime-node`, { cause });
    }
  }

  /**
   * In WebAssembly, as a browser computes: int8 products do not saturate.
   *
   * @param weights the graph's external data
   * @throws ScorerError `malformed-model` — ONNX Runtime refuses it (`cause` kept)
   */
  static async createWasm(path: string, weights: readonly string[]): Promise<NodeSession> {
    // In Node the bare name is the build without JSEP, made for Node.
    const wasm = await import("onnxruntime-web");
    const externalData = await Promise.all(
      weights.map(async (name) => ({
        path: name,
        data: new Uint8Array(await readFile(join(dirname(path), name))),
      })),
    );
    const options = { externalData, logSeverityLevel: LOG_SEVERITY_ERROR } as const;
    try {
      const graph = new Uint8Array(await readFile(path));
      return new NodeSession(await wasm.InferenceSession.create(graph, options), wasm);
    } catch (cause) {
      throw new ScorerError("malformed-model", `${basename(path)}: refused by onnxruntime-web`, { cause });
    }
  }

  private constructor(session: native.InferenceSession, ort: Ort) {
    this.#session = session;
    this.#ort = ort;
  }

  /**
   * One reward per row of the batch.
   *
   * @throws ScorerError `run-failed`, `out-of-memory`
   */
  async run({ rows, inputIds, attentionMask, dims }: TokenBatch): Promise<number[]> {
    const feeds = {
      input_ids: new this.#ort.Tensor("int64", inputIds, dims),
      attention_mask: new this.#ort.Tensor("int64", attentionMask, dims),
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
