import { describe, expect, it } from "vitest";
import type { LoadProgress } from "../shared/contract";
import { localeOf } from "./locale";
import { progressFraction, progressWords } from "./progress-words";

const ENGLISH = localeOf("en");

const cases: [LoadProgress | undefined, string, number | undefined][] = [
  [undefined, "Starting", undefined],
  [{ stage: "runtime", loadedBytes: 4.1e6, totalBytes: 4.1e6 }, "Runtime 4.1 of 4.1 MB", 1],
  [{ stage: "model", loadedBytes: 2.8e6, totalBytes: 5.6e6 }, "Model 2.8 of 5.6 MB", 0.5],
  [{ stage: "session", executionProvider: "webgpu" }, "Preparing the model on WebGPU", undefined],
  [{ stage: "check", checkedPairs: 2, totalPairs: 8 }, "Checking 8 reference rewards, 2 done", 0.25],
];

describe("progressWords", () => {
  it.each(cases)("says of %o: %s", (progress, words) => {
    expect(progressWords(progress, ENGLISH)).toBe(words);
  });
});

describe("progressFraction", () => {
  it.each(cases)("of %o", (progress, _, fraction) => {
    expect(progressFraction(progress)).toBe(fraction);
  });
});
