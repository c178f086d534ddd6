import { describe, expect, it } from "vitest";
import { SerialQueue } from "./serial-queue";

describe("SerialQueue", () => {
  it("runs one job at a time", async () => {
    const queue = new SerialQueue();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const log: string[] = [];
    const first = queue.run(async () => {
      await gate;
      log.push("first");
    });
    const second = queue.run(() => void log.push("second"));
    open();
    await Promise.all([first, second]);
    expect(log).toEqual(["first", "second"]);
  });

  it("keeps serving after a failed job", async () => {
    const queue = new SerialQueue();
    const failed = queue.run(() => Promise.reject(new Error("no")));
    await expect(failed).rejects.toThrow("no");
    expect(await queue.run(() => 1)).toBe(1);
  });
});
