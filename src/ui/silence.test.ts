import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CANCEL_MS, SILENCE_MS, Silence } from "./silence";

const never = new Promise<never>(() => undefined);

function setUp() {
  const passed: number[] = [];
  return { silence: new Silence((limitMs) => passed.push(limitMs)), passed };
}

describe("Silence", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("ends after its limit, once", () => {
    const { silence, passed } = setUp();
    void silence.during(never);
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(passed).toEqual([]);
    vi.advanceTimersByTime(3 * SILENCE_MS);
    expect(passed).toEqual([SILENCE_MS]);
  });

  it("starts over with every sign of life", () => {
    const { silence, passed } = setUp();
    void silence.during(never);
    for (let times = 0; times < 10; times++) {
      vi.advanceTimersByTime(SILENCE_MS / 2);
      silence.heard();
    }
    expect(passed).toEqual([]);
  });

  it("waits less after a cancel, and no longer after another", () => {
    const { silence, passed } = setUp();
    void silence.during(never);
    silence.expect();
    vi.advanceTimersByTime(CANCEL_MS - 1);
    silence.expect();
    vi.advanceTimersByTime(1);
    expect(passed).toEqual([CANCEL_MS]);
  });

  it("hears nothing while nothing is to be done", async () => {
    const { silence, passed } = setUp();
    await silence.during(Promise.resolve());
    await silence.during(Promise.reject(new Error())).catch(() => undefined);
    vi.advanceTimersByTime(2 * SILENCE_MS);
    expect(passed).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no timer once stopped", () => {
    const { silence } = setUp();
    void silence.during(never);
    silence.stop();
    void silence.during(never);
    expect(vi.getTimerCount()).toBe(0);
  });
});
