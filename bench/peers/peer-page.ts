import type { Browser, Page } from "@playwright/test";
import { patchWorker } from "../../e2e/engine-page";
import type { Pair } from "../../src/shared/contract";
import { settledBytes } from "../resident-memory";
import type { PeerOptions } from "./peer";

export const SIDES = ["ours", "theirs"] as const;
export type Side = (typeof SIDES)[number];

/** Both sides have them; the bench refuses to compare others. */
export const THREADS = 2;

/** What a worker has had the GPU do so far. */
export interface GpuWork {
  dispatches: number;
  /** To the GPU and back: what is written through its queue, and every range of a buffer that is mapped. */
  bytesMoved: number;
}

/** Counts {@link GpuWork} in a worker. */
const COUNT_GPU_WORK = `
  self.gpuWork = { dispatches: 0, bytesMoved: 0 };
  if (self.GPUComputePassEncoder) {
    const before = (prototype, name, count) => {
      const original = prototype[name];
      prototype[name] = function (...args) {
        count.apply(this, args);
        return original.apply(this, args);
      };
    };
    for (const name of ["dispatchWorkgroups", "dispatchWorkgroupsIndirect"]) {
      before(GPUComputePassEncoder.prototype, name, () => self.gpuWork.dispatches++);
    }
    before(GPUQueue.prototype, "writeBuffer", (buffer, offset, data, from = 0, size = undefined) => {
      const unit = data.BYTES_PER_ELEMENT ?? 1;
      self.gpuWork.bytesMoved += size === undefined ? data.byteLength - from * unit : size * unit;
    });
    before(GPUBuffer.prototype, "getMappedRange", function (from = 0, size = this.size - from) {
      self.gpuWork.bytesMoved += size;
    });
  }`;

/** One engine's page, in a context of its own: nothing is cached. */
export class PeerPage {
  private constructor(
    private readonly page: Page,
    private readonly side: Side,
    private readonly origin: string,
  ) {}

  static async open(browser: Browser, side: Side, origin: string, countGpuWork = false): Promise<PeerPage> {
    const context = await browser.newContext();
    const page = await context.newPage();
    // tsx names functions by a helper that the page does not have.
    await page.addInitScript("globalThis.__name = (named) => named");
    if (countGpuWork) await patchWorker(page, COUNT_GPU_WORK);
    await page.goto(`${origin}/peers/${side}.html`);
    return new PeerPage(page, side, origin);
  }

  /** @param model a size's name, below `models/` */
  async load(
    model: string,
    device: PeerOptions["device"] = "wasm",
    dtype: PeerOptions["dtype"] = "q8",
  ): Promise<void> {
    const url = `${this.origin}/models/${model}/${this.side}`;
    const { threads } = await this.page.evaluate((options) => window.peer.load(options), {
      model: url,
      device,
      dtype,
      threads: THREADS,
    });
    if (device === "wasm" && threads !== THREADS) {
      throw new Error(`${this.side}: expected ${THREADS} threads, found ${threads}`);
    }
  }

  score(pairs: readonly Pair[], batch = 1): Promise<number[]> {
    return this.page.evaluate(([pairs, batch]) => window.peer.score(pairs, batch), [pairs, batch] as const);
  }

  /** Milliseconds of one call, by the page's clock. */
  time(pairs: readonly Pair[], batch = 1): Promise<number> {
    return this.page.evaluate(
      async ([pairs, batch]) => {
        const start = performance.now();
        await window.peer.score(pairs, batch);
        return performance.now() - start;
      },
      [pairs, batch] as const,
    );
  }

  /** When stages of our load were first told of, in milliseconds of the page's clock. */
  stages(...names: string[]): Promise<number[]> {
    return this.page.evaluate(
      (names) => names.map((name) => performance.getEntriesByName(name)[0]!.startTime),
      names,
    );
  }

  /** So far. */
  gpuWork(): Promise<GpuWork> {
    return this.#read<GpuWork>("gpuWork");
  }

  /** Milliseconds inside ONNX Runtime's runs so far, in our engine's worker: see `timedRuntime`. */
  runMilliseconds(): Promise<number> {
    return this.#read<number>("runMs");
  }

  /** Give the model back, and wait until what was its memory is no more held: bytes of the page's process. */
  async release(): Promise<number> {
    await this.page.evaluate(() => window.peer.release());
    return settledBytes(this.page, ["renderer"]);
  }

  /** ONNX Runtime's threads are workers too, which answer nothing while they wait. */
  async #read<T>(name: string): Promise<T> {
    const worker = this.page.workers().find((worker) => worker.url().includes("scorer-worker"));
    return worker!.evaluate((name) => (self as unknown as Record<string, T>)[name]!, name);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
