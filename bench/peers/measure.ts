import { type Browser, chromium } from "@playwright/test";
import { launchOptions } from "../../e2e/browser";
import type { Pair } from "../../src/shared/contract";
import type { LimitedServer } from "./limited-server";
import { PeakMemory } from "./peak-memory";
import type { PeerOptions } from "./peer";
import { type GpuWork, PeerPage, SIDES, type Side } from "./peer-page";
import { mixedPairs, pairOf } from "./work";

export const LINE_BITS = 20e6;
const WARM_UPS = 20;
/** After a call an engine's threads wait for the next one awake, for some milliseconds: in the other engine's way. */
const CALLS_A_TURN = 6;
const DISTURBED_CALLS = 2;
/** A page would run one batch after another: theirs has the best of these. */
const THEIR_BATCHES = [1, 8, 32];

export type Both<T> = Record<Side, T>;
export type PeerPages = Both<PeerPage>;

/** One pair of so many tokens, everything warm, the engine alone; median in milliseconds. */
export async function warmPair(pages: PeerPages, tokens: number, rounds: number): Promise<Both<number>> {
  const pair = [pairOf(tokens, 1)];
  await inTurn(WARM_UPS, (side) => pages[side].score(pair));
  const found = await inTurn(rounds, async (side) => {
    const times: number[] = [];
    for (let call = 0; call < CALLS_A_TURN; call++) times.push(await pages[side].time(pair));
    return times.slice(DISTURBED_CALLS);
  });
  return both((side) => median(found[side].flat()));
}

/** Milliseconds for pairs of mixed lengths; theirs in batches of `batch`, the best of some. */
export async function throughput(pages: PeerPages, count: number, rounds: number) {
  const pairs = mixedPairs(count);
  await inTurn(1, (side) => pages[side].score(pairs.slice(0, 40), 8));
  const trials = await inTurn(1, async (side) => {
    if (side === "ours") return 0;
    const times = new Map<number, number>();
    for (const batch of THEIR_BATCHES) times.set(batch, await pages.theirs.time(pairs, batch));
    return [...times].sort(([, a], [, b]) => a - b)[0]![0];
  });
  const [batch] = trials.theirs as [number];
  const found = await inTurn(rounds, (side) => pages[side].time(pairs, batch));
  return { batch, milliseconds: both((side) => median(found[side])) };
}

/** Share of our time for pairs of mixed lengths that is not inside ONNX Runtime's runs; the median. */
export async function timeOutsideRuns(page: PeerPage, count: number, rounds: number): Promise<number> {
  const pairs = mixedPairs(count);
  const shares: number[] = [];
  await page.score(pairs.slice(0, 40));
  for (let round = 0; round < rounds; round++) {
    const before = await page.runMilliseconds();
    const milliseconds = await page.time(pairs);
    shares.push(1 - ((await page.runMilliseconds()) - before) / milliseconds);
  }
  return median(shares);
}

/** Most memory of the page's process through a load and some scores, and what is left after; bytes; a browser for each. */
export async function peakMemory(
  server: LimitedServer,
  model: string,
  pairs: readonly Pair[],
  batch: number,
) {
  const found = await inTurn(1, async (side) => {
    const browser = await chromium.launch(launchOptions());
    const watch = await PeakMemory.start(browser);
    const page = await PeerPage.open(browser, side, server.origin);
    await page.load(model);
    const loaded = watch.peakBytes;
    await page.score(pairs, batch);
    const peak = watch.peakBytes;
    const released = await page.release();
    await watch.stop();
    await browser.close();
    return { loaded, peak, released };
  });
  const of = (name: "loaded" | "peak" | "released") => both((side) => found[side][0]![name]);
  return { loaded: of("loaded"), peak: of("peak"), released: of("released") };
}

/** Tokens of one batch on the GPU: mixed, and short enough for a software GPU. */
const GPU_BATCH = [16, 24, 32, 48, 64, 80, 96, 128];

/** What a warm call with 8 pairs of mixed lengths has the GPU do, and its milliseconds on this GPU. */
export async function gpuWork(
  browser: Browser,
  server: LimitedServer,
  side: Side,
  dtype: PeerOptions["dtype"],
): Promise<GpuWork & { milliseconds: number }> {
  const pairs = GPU_BATCH.map(pairOf);
  const page = await PeerPage.open(browser, side, server.origin, true);
  try {
    await page.load("demo", "webgpu", dtype);
    await page.score(pairs, 8);
    const before = await page.gpuWork();
    const milliseconds = await page.time(pairs, 8);
    const { dispatches, bytesMoved } = await page.gpuWork();
    return {
      dispatches: dispatches - before.dispatches,
      bytesMoved: bytesMoved - before.bytesMoved,
      milliseconds,
    };
  } finally {
    await page.close();
  }
}

/** One after the other, whoever comes second in a round being first in the next. */
export async function inTurn<T>(rounds: number, run: (side: Side) => Promise<T>): Promise<Both<T[]>> {
  const found: Both<T[]> = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) found[side].push(await run(side));
  }
  return found;
}

export function both<T>(of: (side: Side) => T): Both<T> {
  return { ours: of("ours"), theirs: of("theirs") };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
