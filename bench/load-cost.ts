import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { PAGE } from "../e2e/engine-page";
import { formatTable } from "../src/cli/table";
import type { Device, LoadProgress } from "../src/shared/contract";
import { makeBaseModel } from "./base-model";
import { percent, writeSection } from "./document";
import { markdownTable } from "./markdown-table";
import { openSite, type Site } from "./site";

/**
 * Time a load and the self-check in it, with an empty cache and with a full one: the demonstration model,
 * and one of BERT-base's size.
 *
 * usage: npm run load-cost -- [--write]
 */
const { values: options } = parseArgs({ options: { write: { type: "boolean", default: false } } });

const BASE_MODEL = join(import.meta.dirname, "../.cache/models/bert-base");
const WARM_LOADS = 5;
/** A common line, in bits per second: the site is served from this machine, a person's is not. */
const LINE = 50e6;
const HEADER = ["model", "cache", "load ms", "download at 50 Mbit/s, ms", "check ms", "check, share %"];

interface Load {
  totalMs: number;
  checkMs: number;
  bytes: number;
}

await makeBaseModel(BASE_MODEL);
const site = await openSite();
const rows = [HEADER];
try {
  rows.push(...(await timeModel(site, "demo", "wasm", WARM_LOADS)));
  rows.push(...(await timeModel(site, "bert-base", "wasm", WARM_LOADS)));
  rows.push(...(await timeModel(site, "demo", "webgpu", 1)));
} finally {
  await site.close();
  await rm(BASE_MODEL, { recursive: true, force: true });
}
console.log(formatTable(rows));
if (options.write) await writeSection("accuracy.md", "load-cost", markdownTable(rows));

async function timeModel({ browser, url }: Site, model: string, device: Device, warmLoads: number) {
  const page = await browser.newPage({ baseURL: url });
  // tsx names functions by a helper that the page does not have.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.goto(PAGE);
  const cold = await timeLoad(page, model, device);
  const warm: Load[] = [];
  while (warm.length < warmLoads) warm.push(await timeLoad(page, model, device));
  await page.close();
  warm.sort((a, b) => a.totalMs - b.totalMs);
  const middle = warm[Math.floor(warm.length / 2)]!;
  const name = `${model} on ${device === "wasm" ? "WASM" : "WebGPU, SwiftShader"}`;
  return [row(name, "empty", cold, (8000 * cold.bytes) / LINE), row(name, "full", middle, 0)];
}

function row(model: string, cache: string, { totalMs, checkMs }: Load, downloadMs: number): string[] {
  const times = [totalMs, downloadMs, checkMs].map((ms) => ms.toFixed(0));
  return [model, cache, ...times, percent(checkMs / (totalMs + downloadMs))];
}

function timeLoad(page: Page, model: string, device: Device): Promise<Load> {
  return page.evaluate(
    async ([model, device]) => {
      const start = performance.now();
      let checkStart = start;
      let bytes = { runtime: 0, model: 0 };
      const onProgress = (progress: LoadProgress) => {
        if (progress.stage === "runtime" || progress.stage === "model")
          bytes = { ...bytes, [progress.stage]: progress.loadedBytes };
        if (progress.stage === "check" && progress.checkedPairs === 0) checkStart = performance.now();
      };
      const scorer = await window.engine.createScorer({ model: `../../models/${model}`, device, onProgress });
      const end = performance.now();
      await scorer.release();
      return { totalMs: end - start, checkMs: end - checkStart, bytes: bytes.runtime + bytes.model };
    },
    [model, device] as const,
  );
}
