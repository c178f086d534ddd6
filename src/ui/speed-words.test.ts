import { describe, expect, it } from "vitest";
import { localeOf } from "./locale";
import { speedWords } from "./speed-words";

const ENGLISH = localeOf("en");

const GPU = { executionProvider: "webgpu", msPerPair: 904 } as const;
const CPU = { executionProvider: "wasm", msPerPair: 4.25 } as const;

describe("speedWords", () => {
  it("names the fastest backend first", () => {
    expect(speedWords([GPU, CPU], ENGLISH)).toBe("WASM: 4.3 ms a pair, WebGPU: 900 ms");
    expect(speedWords([CPU, { ...GPU, msPerPair: 0.8 }], ENGLISH)).toBe(
      "WebGPU: 0.8 ms a pair, WASM: 4.3 ms",
    );
  });

  it("tells of one alone", () => {
    expect(speedWords([GPU], ENGLISH)).toBe("WebGPU: 900 ms a pair");
  });

  it("speaks Portuguese", () => {
    expect(speedWords([GPU, CPU], localeOf("pt-BR"))).toBe("WASM: 4,3 ms por par, WebGPU: 900 ms");
  });
});
