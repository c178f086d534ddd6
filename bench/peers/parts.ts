import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { percent } from "../document";
import { bothRow, ownRow } from "./aim";
import { checkAgreement } from "./check";
import { coldStart, KINDS, MILESTONES } from "./cold-start";
import type { LimitedServer } from "./limited-server";
import { gpuWork, type PeerPages, peakMemory, throughput, timeOutsideRuns, warmPair } from "./measure";
import { MODELS } from "./models";
import { NativePeer } from "./native";
import { PeerPage } from "./peer-page";
import type { Part, Row } from "./results";
import { feelShippedPage } from "./shipped-page";
import { mixedPairs, pairOf } from "./work";

/** What the parts need. */
export interface Bench {
  browser: Browser;
  server: LimitedServer;
  model: "demo" | "base";
  /** Of warm single pairs. */
  rounds: number;
  /** Pairs of mixed lengths. */
  pairs: number;
}

const MEMORY_PAIRS = 16;

const seconds = (milliseconds: number) => (milliseconds / 1e3).toFixed(2);
const milliseconds = (value: number) => value.toFixed(value < 10 ? 2 : 1);
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);

/** In the order of the table. Each can run alone. */
export const PARTS: Record<string, (bench: Bench) => Promise<Part>> = {
  cold,
  single,
  many,
  memory,
  gpu,
  native,
  page,
};

/**
 * Those measured at BERT-base's size unless others are asked for. Nobody waits for many pairs there or for native
 * code, the page has the demonstration model, and a software GPU is too slow.
 */
export const BASE_PARTS = ["cold", "single", "memory"];

async function cold({ browser, server, model }: Bench): Promise<Part> {
  const { bytes, requests, seconds, ours } = await coldStart(
    browser,
    server,
    model,
    model === "base" ? 1 : 3,
  );
  const megabytes = (value: number) => (value / 1e6).toFixed(2);
  const twoDecimals = (value: number) => value.toFixed(2);
  const aim = model === "base" ? undefined : { ratio: 0.65 }; // there the weights are nearly all, and both have them
  const milestones = Object.entries(MILESTONES) as [keyof typeof MILESTONES, string][];
  return {
    rows: [
      bothRow("cold start, WASM q8: MB sent", bytes.all, megabytes, aim),
      ...KINDS.map((kind) => bothRow(`… ${kind}`, bytes[kind], megabytes)),
      bothRow("cold start: requests", requests, String),
      bothRow("cold start at 20 Mbit/s: s to the first score", seconds.scored, twoDecimals, aim),
      ...milestones.map(([milestone, words]) => bothRow(`… ${words}`, seconds[milestone], twoDecimals)),
    ],
    notes: [
      `Our load after the last byte: session ${ours.session.toFixed(0)} ms, self-check ${ours.check.toFixed(0)} ms.`,
    ],
  };
}

async function single(bench: Bench): Promise<Part> {
  const { browser, server, model, rounds } = bench;
  const notes: string[] = [];
  if (model === "demo") {
    const { exported, ours, theirs } = await checkAgreement(browser, server.origin);
    notes.push(
      `Largest error against fp32, share of the spread of rewards: the exported graph in fp32 ${percent(exported)} %, ours q8 ${percent(ours)} %, theirs q8 ${percent(theirs)} %.`,
    );
  }
  const rows: Row[] = [];
  await withPages(bench, async (pages) => {
    for (const tokens of model === "base" ? [128] : [16, 64, 128, 512]) {
      const times = await warmPair(pages, tokens, rounds);
      const name = `one pair of ${tokens} tokens, warm, WASM q8: ms`;
      rows.push(bothRow(name, times, milliseconds, tokens === 128 ? { ratio: 0.95 } : undefined));
    }
  });
  return { rows, notes };
}

async function many(bench: Bench): Promise<Part> {
  const rounds = bench.model === "base" ? 1 : 3;
  const rows: Row[] = [];
  await withPages(bench, async (pages) => {
    const found = await throughput(pages, bench.pairs, rounds);
    const name = `${bench.pairs} pairs of mixed lengths, WASM q8, theirs in batches of ${found.batch}: s`;
    rows.push(bothRow(name, found.milliseconds, seconds, { ratio: 0.5 }));
    const outside = await timeOutsideRuns(pages.ours, bench.pairs, rounds);
    rows.push(ownRow("share of that outside ONNX Runtime: %", 100 * outside, milliseconds, { under: 3 }));
  });
  return { rows, notes: [] };
}

async function memory({ server, model }: Bench): Promise<Part> {
  const { loaded, peak, released } = await peakMemory(server, model, mixedPairs(MEMORY_PAIRS), 8);
  const aim = model === "base" ? { ratio: 0.7 } : undefined;
  return {
    rows: [
      bothRow("peak memory of the page through a load, WASM q8: MB", loaded, megabytes),
      bothRow(`peak memory through a load and ${MEMORY_PAIRS} mixed pairs: MB`, peak, megabytes, aim),
      bothRow("memory after the model is given back: MB", released, megabytes),
    ],
    notes: [],
  };
}

/** Theirs in each dtype that runs; what does not is told. */
async function gpu({ browser, server }: Bench): Promise<Part> {
  const rows: Row[] = [];
  const notes: string[] = [];
  const ours = await gpuWork(browser, server, "ours", "fp32");
  for (const dtype of ["fp32", "fp16", "q8"] as const) {
    try {
      const theirs = await gpuWork(browser, server, "theirs", dtype);
      const counts = { ours: ours.dispatches, theirs: theirs.dispatches };
      const bytes = { ours: ours.bytesMoved, theirs: theirs.bytesMoved };
      const times = { ours: ours.milliseconds, theirs: theirs.milliseconds };
      const name = `WebGPU, 8 pairs of 16 to 128 tokens, ours w8, theirs ${dtype}: dispatches`;
      rows.push(bothRow(name, counts, String, dtype === "fp32" ? { ratio: 0.5 } : undefined));
      rows.push(bothRow("… kB moved to the GPU and back", bytes, (value) => (value / 1e3).toFixed(1)));
      rows.push(bothRow("the same on SwiftShader: ms", times, (value) => value.toFixed(0)));
    } catch (error) {
      notes.push(`WebGPU, theirs ${dtype}: ${String(error).split("\n")[0]}`);
    }
  }
  return { rows, notes };
}

async function native({ model, rounds, pairs }: Bench): Promise<Part> {
  const rows: Row[] = [];
  for (const dtype of ["fp32", "w8"] as const) {
    const peer = await NativePeer.open(join(MODELS, model, "ours"), dtype);
    if (!peer) continue;
    const name = `native, one thread, our ${dtype} graph`;
    rows.push(
      ownRow(`${name}: one pair of 128 tokens: ms`, await peer.time([pairOf(128, 1)], rounds), milliseconds),
      ownRow(`${name}: ${pairs} pairs: s`, await peer.time(mixedPairs(pairs), 1), seconds),
    );
    await peer.release();
  }
  return { rows, notes: [] };
}

async function page({ browser }: Bench): Promise<Part> {
  const { interactive, longestTask, slide } = await feelShippedPage(browser);
  return {
    rows: [
      ownRow("page interactive at 20 Mbit/s: s", interactive / 1e3, (value) => value.toFixed(2), {
        under: 1,
      }),
      ownRow("longest task on the page, load and 500 pairs: ms", longestTask, milliseconds, { under: 100 }),
      ownRow("slider to painted scores, 2 responses: ms", slide.few, milliseconds, { under: 16 }),
      ownRow("slider to the first painted scores of 500: ms", slide.many, milliseconds),
      ownRow("slider to all painted scores of 500: ms", slide.all, milliseconds),
    ],
    notes: [],
  };
}

async function withPages(bench: Bench, measure: (pages: PeerPages) => Promise<void>): Promise<void> {
  const { browser, server, model } = bench;
  const pages = {
    ours: await PeerPage.open(browser, "ours", server.origin),
    theirs: await PeerPage.open(browser, "theirs", server.origin),
  };
  for (const page of Object.values(pages)) await page.load(model);
  await measure(pages);
  for (const page of Object.values(pages)) await page.close();
}
