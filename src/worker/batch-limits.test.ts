import { describe, expect, it } from "vitest";
import { batchChoices } from "./batch-limits";

describe("batchChoices", () => {
  it.each([
    {
      provider: "wasm",
      weights: 4_000_000,
      sizes: [2048, 1024, 4096],
      why: "a small model's runs are short",
    },
    {
      provider: "wasm",
      weights: 110_000_000,
      sizes: [512, 256, 1024],
      why: "a run of BERT-base cannot be stopped",
    },
    {
      provider: "webgpu",
      weights: 110_000_000,
      sizes: [2048, 1024, 4096],
      why: "a GPU is slow to start a run",
    },
  ] as const)(
    "tries $sizes tokens on $provider with $weights bytes: $why",
    ({ provider, weights, sizes }) => {
      expect(batchChoices(provider, weights).map(({ maxTokens }) => maxTokens)).toEqual(sizes);
    },
  );
});
