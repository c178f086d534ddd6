import { describe, expect, it } from "vitest";
import { badgeWords } from "./badge-words";
import { localeOf } from "./locale";
import { testAttempt, testModel } from "./test-model";

const ENGLISH = localeOf("en");

const wasm = testAttempt({ executionProvider: "wasm" });

describe("badgeWords", () => {
  it("names WebGPU and the check", () => {
    expect(badgeWords(testModel(), ENGLISH)).toBe("WebGPU · checked");
  });

  it("counts the threads of WASM", () => {
    const model = testModel({ executionProvider: "wasm", threads: 4, attempts: [wasm] });
    expect(badgeWords(model, ENGLISH)).toBe("WASM · 4 threads · checked");
    expect(badgeWords({ ...model, threads: 1 }, ENGLISH)).toBe("WASM · 1 thread · checked");
  });

  it("says that WebGPU disagreed", () => {
    const attempts = [testAttempt({ outcome: "failed" }), testAttempt({ outcome: "disagreed" }), wasm];
    expect(badgeWords(testModel({ executionProvider: "wasm", attempts }), ENGLISH)).toBe(
      "WASM · WebGPU disagreed",
    );
  });

  it("says that WebGPU failed, not that a machine has none", () => {
    const failed = [testAttempt({ outcome: "failed" }), wasm];
    const unavailable = [testAttempt({ outcome: "unavailable", maxError: undefined }), wasm];
    const model = testModel({ executionProvider: "wasm", threads: 2 });
    expect(badgeWords({ ...model, attempts: failed }, ENGLISH)).toBe("WASM · WebGPU failed");
    expect(badgeWords({ ...model, attempts: unavailable }, ENGLISH)).toBe("WASM · 2 threads · checked");
  });

  it("claims no check that was not made", () => {
    expect(badgeWords(testModel({ attempts: [testAttempt({ maxError: undefined })] }), ENGLISH)).toBe(
      "WebGPU",
    );
  });
});
