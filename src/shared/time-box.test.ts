import { describe, expect, it } from "vitest";
import { ScorerError } from "./errors";
import { isTimeout, timeBox } from "./time-box";

const never = new Promise<never>(() => undefined);

describe("timeBox", () => {
  it("returns what the work returns", async () => {
    expect(await timeBox(Promise.resolve(1), 60_000)).toBe(1);
  });

  it("rejects with the work's own error", async () => {
    await expect(timeBox(Promise.reject(new Error("own")), 60_000)).rejects.toThrow("own");
  });

  it("rejects when the work does not end", async () => {
    await expect(timeBox(never, 1)).rejects.toMatchObject({
      name: "TimeoutError",
      message: "no answer within 0.001 s",
    });
  });
});

describe("isTimeout", () => {
  it("finds a time box among the causes", async () => {
    const cause = await timeBox(never, 1).catch((error: unknown) => error);
    expect(isTimeout(new ScorerError("run-failed", "run", { cause }))).toBe(true);
    expect(isTimeout(new ScorerError("run-failed", "run", { cause: new Error("other") }))).toBe(false);
    expect(isTimeout("a word")).toBe(false);
  });
});
