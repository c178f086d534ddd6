import { describe, expect, it } from "vitest";
import { probe } from "./probe";

describe("probe", () => {
  it("resolves where there is no browser at all", async () => {
    expect(await probe()).toMatchObject({
      gpu: { unavailable: "this browser has no WebGPU here" },
      crossOriginIsolated: false,
      oneThread: false,
    });
  });
});
