import { describe, expect, it } from "vitest";
import type { BackendSpeed, ExecutionProvider } from "../shared/contract";
import { orderBySpeed } from "./order-by-speed";
import type { Candidate } from "./plan";

const GPU_FIRST = ["webgpu fused", "webgpu plain", "wasm plain", "wasm fused"];
const CPU_FIRST = ["wasm plain", "wasm fused", "webgpu fused", "webgpu plain"];

const CANDIDATES = GPU_FIRST.map((name) => {
  const [executionProvider, attention] = name.split(" ");
  return { executionProvider, graph: { attention } } as Candidate;
});

function orderOf(speeds: Partial<Record<ExecutionProvider, number>>): string[] {
  const measured = Object.entries(speeds).map(([executionProvider, msPerPair]) => ({
    executionProvider,
    msPerPair,
  }));
  return orderBySpeed(CANDIDATES, measured as BackendSpeed[]).map(
    ({ executionProvider, graph }) => `${executionProvider} ${graph.attention}`,
  );
}

describe("orderBySpeed", () => {
  it("leaves the order as it is while the GPU was not measured", () => {
    expect(orderOf({})).toEqual(GPU_FIRST);
    expect(orderOf({ wasm: 1 })).toEqual(GPU_FIRST);
  });

  it("leaves a GPU first that is fast enough for nobody to wait", () => {
    expect(orderOf({ webgpu: 100 })).toEqual(GPU_FIRST);
  });

  it("has WASM tried, each backend in its own order, when the GPU is slow", () => {
    expect(orderOf({ webgpu: 101 })).toEqual(CPU_FIRST);
  });

  it("puts the faster of two first, however slow or fast both are", () => {
    expect(orderOf({ webgpu: 900, wasm: 4 })).toEqual(CPU_FIRST);
    expect(orderOf({ webgpu: 900, wasm: 2000 })).toEqual(GPU_FIRST);
    expect(orderOf({ webgpu: 9, wasm: 4 })).toEqual(CPU_FIRST);
  });
});
