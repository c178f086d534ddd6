import { describe, expect, it } from "vitest";
import { chooseBatchLimits } from "./batch-limits";

describe("chooseBatchLimits", () => {
  it.each([
    { provider: "wasm", weights: 2_300_000, maxTokens: 2048, why: "a small model's runs are short" },
    { provider: "wasm", weights: 110_000_000, maxTokens: 512, why: "a run of BERT-base cannot be stopped" },
    { provider: "webgpu", weights: 110_000_000, maxTokens: 2048, why: "a GPU is slow to start a run" },
  ] as const)("takes $maxTokens tokens on $provider with $weights bytes: $why", (row) => {
    expect(chooseBatchLimits(row.provider, row.weights)).toMatchObject({ maxTokens: row.maxTokens });
  });
});
