import { describe, expect, it } from "vitest";
import { batchChoices } from "./batch-limits";

describe("batchChoices", () => {
  it.each([
    {
      provider: "wasm",
      weights: 4_000_000,
      threads: 1,
      sizes: [2048, 1024, 4096],
      why: "a small model's runs are short",
    },
    {
      provider: "wasm",
      weights: 110_000_000,
      threads: 2,
      sizes: [512, 256, 1024],
      why: "a run of BERT-base cannot be stopped",
    },
    {
      provider: "wasm",
      weights: 110_000_000,
      threads: 1,
      sizes: [512, 256],
      why: "there it takes two seconds already",
    },
    {
      provider: "webgpu",
      weights: 110_000_000,
      threads: 1,
      sizes: [2048, 1024, 4096],
      why: "a GPU is slow to start a run",
    },
  ] as const)(
    "tries $sizes tokens on $provider with $weights bytes, $threads threads: $why",
    ({ provider, weights, threads, sizes }) => {
      expect(batchChoices(provider, weights, threads).map(({ maxTokens }) => maxTokens)).toEqual(sizes);
    },
  );
});
