import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pauseSeldom } from "./pause-seldom";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("pauseSeldom", () => {
  it("pauses before the first piece of work, then ten times a second", async () => {
    const pauses: number[] = [];
    const start = performance.now();
    const pause = pauseSeldom(async () => void pauses.push(performance.now() - start));
    for (let piece = 0; piece < 100; piece++) {
      await pause();
      vi.advanceTimersByTime(5);
    }
    expect(pauses).toEqual([0, 100, 200, 300, 400]);
  });

  it("pauses after every long piece", async () => {
    let pauses = 0;
    const pause = pauseSeldom(async () => void pauses++);
    for (let piece = 0; piece < 3; piece++) {
      await pause();
      vi.advanceTimersByTime(400);
    }
    expect(pauses).toBe(3);
  });

  it("counts from the end of a pause", async () => {
    let pauses = 0;
    const pause = pauseSeldom(async () => {
      pauses++;
      vi.advanceTimersByTime(400);
    });
    await pause();
    await pause();
    expect(pauses).toBe(1);
  });

  it("passes on what a pause throws", async () => {
    const pause = pauseSeldom(() => Promise.reject(new Error("cancelled")));
    await expect(pause()).rejects.toThrow("cancelled");
  });
});
