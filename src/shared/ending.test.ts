import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Ending } from "./ending";

const never = new Promise<never>(() => undefined);

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

describe("Ending", () => {
  it("lets work end on its own", async () => {
    const ending = new Ending();
    expect(await ending.race(Promise.resolve(1))).toBe(1);
    await expect(ending.race(Promise.reject(new Error("own")))).rejects.toThrow("own");
  });

  it("rejects what waits when the end comes, and what comes after", async () => {
    const ending = new Ending();
    const waiting = [ending.race(never), ending.race(never)];
    ending.end(new Error("over"));
    ending.end(new Error("again"));
    for (const work of [...waiting, ending.race(never), ending.race(Promise.resolve(1))])
      await expect(work).rejects.toThrow("over");
  });

  it("keeps no outcome in memory", async () => {
    const ending = new Ending();
    const outcome = new WeakRef(await ending.race(Promise.resolve({ rewards: [1] })));
    await new Promise((resolve) => setImmediate(resolve)); // a WeakRef holds its target until the task ends
    collectGarbage();
    expect(outcome.deref()).toBeUndefined();
    ending.end(new Error("over"));
  });
});
