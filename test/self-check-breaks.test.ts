import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Dtype } from "../src/shared/manifest";
import { BACKEND_TOLERANCE } from "../src/shared/tolerance";
import { BreakTrials } from "./break-trials";
import { BREAKS } from "./broken-models";

const CASES: [string, Dtype][] = [
  ["bert-seqcls", "fp32"],
  ["bert-seqcls", "q8"],
  ["bert-reward", "w8"],
];

describe.each(CASES)("SelfCheck on %s, %s", (fixture, dtype) => {
  let trials: BreakTrials;
  beforeAll(async () => {
    trials = await BreakTrials.open(join(import.meta.dirname, "fixtures", fixture), dtype);
  });
  afterAll(() => trials.close());

  it("finds no error where nothing is broken", async () => {
    const { moved, inAll } = await trials.try({ name: "nothing" });
    expect(moved).toBe(0);
    expect(inAll).toBeLessThanOrEqual(BACKEND_TOLERANCE[dtype] / 100);
  });

  it.each(BREAKS)("lets no pair be scored that moved: $name", async (broken) => {
    const { moved, movedPairs, escapedPairs } = await trials.try(broken);
    expect(moved).toBeGreaterThan(0);
    expect({ movedPairs, escapedPairs }).toEqual({ movedPairs, escapedPairs: 0 });
  });

  it("lets no pair be scored that moved: a token of the goldens corrupted", async () => {
    const { movedPairs, escapedPairs } = await trials.try(trials.corruptToken(true));
    expect(movedPairs).toBeGreaterThan(0);
    expect(escapedPairs).toBe(0);
  });
});
