import { parseArgs } from "node:util";
import { expect, type Page } from "@playwright/test";
import { PAGE, patchWorker } from "../e2e/engine-page";
import { formatTable } from "../src/cli/table";
import type { Pair } from "../src/shared/contract";
import { writeSection } from "./document";
import { markdownTable } from "./markdown-table";
import { settledBytes } from "./resident-memory";
import { openSite } from "./site";

/**
 * Score for a long time, and load and release many times, in real Chromium: memory must not grow, rewards
 * must not change, and nothing may be left behind.
 *
 * usage: npm run soak -- [--device wasm|webgpu] [--scores 20000] [--rounds 50] [--write]
 */
const { values: options } = parseArgs({
  options: {
    device: { type: "string", default: "wasm" },
    scores: { type: "string", default: "20000" },
    rounds: { type: "string", default: "50" },
    write: { type: "boolean", default: false },
  },
});

/** Memory at the end, as a share of that after the first tenth. */
const MAX_GROWTH = 1.1;

const COMMAND = `npm run soak -- --device ${options.device} --scores ${options.scores} --rounds ${options.rounds}`;

const TENTHS = 10;
const MODEL = "../../models/demo";

/** Counts the GPU's buffers that are not destroyed yet, and finds ONNX Runtime's memory. */
const WATCH_MEMORY = `
  self.liveBuffers = 0;
  if (self.GPUDevice) {
    const { createBuffer } = GPUDevice.prototype;
    const { destroy } = GPUBuffer.prototype;
    const live = new WeakSet();
    GPUDevice.prototype.createBuffer = function (descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      live.add(buffer);
      self.liveBuffers++;
      return buffer;
    };
    GPUBuffer.prototype.destroy = function () {
      if (live.delete(this)) self.liveBuffers--;
      destroy.call(this);
    };
  }
  self.memories = [];
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(descriptor) {
      super(descriptor);
      self.memories.push(this);
    }
  }`;

/** What the worker tells of itself. */
interface WatchedWorker {
  liveBuffers: number;
  memories: WebAssembly.Memory[];
}

interface Reading {
  done: number;
  /** Resident memory of the page's process, its workers included, and of the GPU's; no mapped files. */
  residentBytes: number;
  /** ONNX Runtime's memory in the workers. */
  wasmBytes: number;
  gpuBuffers: number;
  workers: number;
}

process.exitCode = await main();

async function main(): Promise<number> {
  const { browser, url, close } = await openSite();
  try {
    const page = await browser.newPage({ baseURL: url });
    await patchWorker(page, WATCH_MEMORY);
    // tsx names functions by a helper that the page does not have.
    await page.addInitScript("globalThis.__name = (named) => named");
    await page.goto(PAGE);
    const scoring = await soakScoring(page, Number(options.scores));
    const loading = await soakLoading(page, Number(options.rounds));
    await report(browser.version(), scoring, loading);
    return [scoring, loading].every(isSteady) && loading.every(({ workers }) => workers === 0) ? 0 : 1;
  } finally {
    await close();
  }
}

/** The same pairs over and over: every reward must be the one of the first time, to the last bit on WASM. */
async function soakScoring(page: Page, scores: number): Promise<Reading[]> {
  const pairs = makePairs(200);
  await page.evaluate(
    async ([model, device]) => {
      window.scorer = await window.engine.createScorer({ model, device });
    },
    [MODEL, options.device as "wasm" | "webgpu"] as const,
  );
  const first = await page.evaluate((pairs) => window.scorer.score(pairs), pairs);
  const readings: Reading[] = [];
  for (let tenth = 1; tenth <= TENTHS; tenth++) {
    const maxDifference = await page.evaluate(
      async ([pairs, first, count]) => {
        let maxDifference = 0;
        for (let done = 0, at = 0; done < count; ) {
          // From 1 to 32 pairs a call, as a page, a widget and a file would.
          const size = Math.min(1 + (done % 32), count - done);
          const rows = Array.from({ length: size }, (_, row) => (at + row) % pairs.length);
          const rewards = await window.scorer.score(rows.map((row) => pairs[row]!));
          for (const [index, row] of rows.entries()) {
            const difference = Math.abs(rewards[index]!.reward - first[row]!);
            maxDifference = Math.max(maxDifference, difference);
          }
          at += size;
          done += size;
        }
        return maxDifference;
      },
      [pairs, first.map(({ reward }) => reward), scores / TENTHS] as const,
    );
    if (maxDifference > (options.device === "wasm" ? 0 : 1e-5)) {
      throw new Error(`rewards changed by ${maxDifference} after ${(tenth * scores) / TENTHS} scores`);
    }
    readings.push(await measure(page, (tenth * scores) / TENTHS));
  }
  await page.evaluate(() => window.scorer.release());
  return readings;
}

async function soakLoading(page: Page, rounds: number): Promise<Reading[]> {
  const [pair] = makePairs(1);
  const readings: Reading[] = [];
  for (let tenth = 1; tenth <= TENTHS; tenth++) {
    await page.evaluate(
      async ([model, device, pair, rounds]) => {
        for (let round = 0; round < rounds; round++) {
          const scorer = await window.engine.createScorer({ model, device });
          await scorer.score(pair);
          await scorer.release();
        }
      },
      [MODEL, options.device as "wasm" | "webgpu", pair!, rounds / TENTHS] as const,
    );
    await expect.poll(() => page.workers().length, "workers after release").toBe(0);
    readings.push(await measure(page, (tenth * rounds) / TENTHS));
  }
  return readings;
}

/** Texts of 4 to 400 words, made the same way every time. */
function makePairs(count: number): Pair[] {
  const words =
    "the capital of France is Paris a city on Seine where people ask why moon changes shape".split(" ");
  const text = (seed: number, length: number) =>
    Array.from({ length }, (_, at) => words[(seed * 7 + at * (3 + (seed % 5))) % words.length]).join(" ");
  return Array.from({ length: count }, (_, seed) => ({
    prompt: text(seed, 4 + (seed % 20)),
    response: text(seed + 1, 4 + ((seed * seed) % (seed % 10 === 0 ? 397 : 60))),
  }));
}

async function measure(page: Page, done: number): Promise<Reading> {
  // ONNX Runtime's threads are workers too, of the same memory.
  const scorers = page.workers().filter((worker) => worker.url().includes("scorer-worker"));
  const held = await Promise.all(
    scorers.map((worker) =>
      worker.evaluate(() => {
        const { liveBuffers, memories } = self as unknown as WatchedWorker;
        return { liveBuffers, wasmBytes: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
      }),
    ),
  );
  return {
    done,
    residentBytes: await settledBytes(page, ["renderer", "GPU"]),
    wasmBytes: held.reduce((sum, { wasmBytes }) => sum + wasmBytes, 0),
    gpuBuffers: held.reduce((sum, { liveBuffers }) => sum + liveBuffers, 0),
    workers: page.workers().length,
  };
}

function isSteady(readings: readonly Reading[]): boolean {
  const [first] = readings;
  const last = readings.at(-1)!;
  return (
    last.residentBytes <= MAX_GROWTH * first!.residentBytes &&
    last.wasmBytes <= first!.wasmBytes &&
    last.gpuBuffers <= first!.gpuBuffers
  );
}

async function report(version: string, scoring: readonly Reading[], loading: readonly Reading[]) {
  const header = ["after", "resident MB", "WebAssembly MB", "GPU buffers", "workers"];
  const rows = [
    ...scoring.map((reading) => cells(`${reading.done} scores`, reading)),
    ...loading.map((reading) => cells(`${reading.done} loads`, reading)),
  ];
  console.log(formatTable([header, ...rows]));
  const about = `\`${COMMAND}\`, Chromium ${version}, ${new Date().toISOString().slice(0, 10)}:`;
  const section = `soak-${options.device}`;
  if (options.write) {
    await writeSection("reliability.md", section, `${about}\n\n${markdownTable([header, ...rows])}`);
  }
}

function cells(after: string, { residentBytes, wasmBytes, gpuBuffers, workers }: Reading): string[] {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return [after, megabytes(residentBytes), megabytes(wasmBytes), String(gpuBuffers), String(workers)];
}
