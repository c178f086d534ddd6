import type { Attempt, LoadedModel } from "../shared/contract";
import type { Manifest } from "../shared/manifest";

/** A loaded model as the page sees it, for tests. */
export function testModel(changes: Partial<LoadedModel> = {}): LoadedModel {
  return {
    manifest: { name: "test", defaultAlpha: 10 } as Manifest,
    executionProvider: "webgpu",
    dtype: "w8",
    threads: 1,
    adapter: undefined,
    attempts: [testAttempt({})],
    speeds: [],
    cached: true,
    ...changes,
  };
}

export function testAttempt(changes: Partial<Attempt>): Attempt {
  return {
    executionProvider: "webgpu",
    dtype: "w8",
    attention: "fused",
    subgroups: false,
    outcome: "chosen",
    detail: "",
    checkedPairs: 8,
    maxError: 0.001,
    ...changes,
  };
}
