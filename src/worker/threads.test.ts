import { describe, expect, it } from "vitest";
import { chooseThreads } from "./threads";

describe("chooseThreads", () => {
  it.each([
    { cores: 16, crossOriginIsolated: false, oneThread: false, threads: 1 },
    { cores: 6, crossOriginIsolated: true, oneThread: true, threads: 1 },
    { cores: 1, crossOriginIsolated: true, oneThread: false, threads: 1 },
    { cores: 2, crossOriginIsolated: true, oneThread: false, threads: 2 },
    { cores: 5, crossOriginIsolated: true, oneThread: false, threads: 3 },
    { cores: 64, crossOriginIsolated: true, oneThread: false, threads: 8 },
  ])(
    "takes $threads of $cores (isolated $crossOriginIsolated, one thread $oneThread)",
    ({ threads, ...machine }) => {
      expect(chooseThreads("wasm", { ...machine, gpu: { unavailable: "" }, jspi: true })).toBe(threads);
    },
  );

  it("takes one where the GPU does the work", () => {
    const machine = { cores: 16, crossOriginIsolated: true, oneThread: false };
    expect(chooseThreads("webgpu", { ...machine, gpu: { unavailable: "" }, jspi: true })).toBe(1);
  });
});
