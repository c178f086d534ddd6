import { expect, type Page, test } from "@playwright/test";
import type { Scorer } from "../src/ui/scorer";
import { PAGE } from "./engine-page";

declare global {
  interface Window {
    scorer: Scorer;
  }
}

/** What a worker may hold in buffers of JavaScript, in bytes; the smallest file of weights is ten times that. */
const MAX_HELD_BYTES = 500_000;

/**
 * Watch for workers that start from now on.
 *
 * @returns what gives the bytes that they hold in buffers of JavaScript, after a garbage collection
 */
async function heldBytes(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  const workers: string[] = [];
  const answers = new Map<number, (result: { backingStorageSize: number }) => void>();
  devtools.on("Target.attachedToTarget", ({ sessionId }) => void workers.push(sessionId));
  devtools.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message);
    answers.get(id)?.(result);
  });
  await devtools.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const ask = async (sessionId: string, method: string) => {
    const id = answers.size;
    const answer = new Promise<{ backingStorageSize: number }>((resolve) => answers.set(id, resolve));
    const message = JSON.stringify({ id, method });
    await devtools.send("Target.sendMessageToTarget", { sessionId, message });
    return answer;
  };
  return async () => {
    expect(workers).not.toEqual([]);
    let bytes = 0;
    for (const worker of workers) {
      await ask(worker, "HeapProfiler.collectGarbage");
      bytes += (await ask(worker, "Runtime.getHeapUsage")).backingStorageSize;
    }
    return bytes;
  };
}

for (const device of ["wasm", "webgpu"] as const) {
  test(`keeps no downloaded file beside the model on ${device}`, async ({ page }) => {
    await page.goto(PAGE);
    const held = await heldBytes(page);
    await page.evaluate(async (device) => {
      window.scorer = await window.engine.createScorer({ model: "../../models/demo", device });
      await window.scorer.score({ prompt: "What is the capital of France?", response: "Paris." });
    }, device);
    await expect.poll(held).toBeLessThan(MAX_HELD_BYTES);
  });
}
