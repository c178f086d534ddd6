import { ScorerError } from "../shared/errors";

/**
 * One reward per row, read straight from the model's output. No softmax: over a single label it is 1
 * for every input.
 *
 * @param logits model output, float32 `[batch, 1]`
 * @param rows batch size that went in
 * @throws ScorerError `run-failed` — another shape or type, or a value that is not a finite number
 */
export function readLogits(logits: { data: unknown; dims: readonly number[] } | undefined, rows: number) {
  const { data, dims } = logits ?? { data: undefined, dims: [] };
  if (!(data instanceof Float32Array) || dims.length !== 2 || dims[0] !== rows || dims[1] !== 1) {
    const found = data instanceof Float32Array ? "float32" : typeof data;
    throw failed(`expected float32 [${rows}, 1], got ${found} [${dims.join(", ")}]`);
  }
  const rewards = Array.from(data);
  const wrong = rewards.find((reward) => !Number.isFinite(reward));
  if (wrong !== undefined) throw failed(`expected finite numbers, got ${wrong}`);
  return rewards;
}

function failed(detail: string): ScorerError {
  return new ScorerError("run-failed", `reward logits: ${detail}`);
}
