import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { build } from "vite";
import { launchOptions } from "../e2e/browser";
import { formatTable } from "../src/cli/table";
import { markdownTable, percent, writeSection } from "./document";
import { checkAgreement } from "./peers/check";
import { coldStart, KINDS, MILESTONES } from "./peers/cold-start";
import { LimitedServer } from "./peers/limited-server";
import { type Both, countDispatches, peakMemory, throughput, warmPair } from "./peers/measure";
import { MODELS, makeBaseModels, makeDemoModels } from "./peers/models";
import { PeerPage, THREADS } from "./peers/peer-page";
import { mixedPairs } from "./peers/work";

/**
 * Our engine and transformers.js on the same work, turn by turn, in the same Chromium: cold start, single
 * pairs, many pairs, memory, and dispatches on the GPU. `--base`: BERT-base's size instead of the
 * demonstration model's, WASM alone.
 *
 * usage: npm run peers -- [--base] [--rounds 15] [--pairs 500] [--skip cold,single,many,memory,gpu] [--write]
 */
const { values: options } = parseArgs({
  options: {
    base: { type: "boolean", default: false },
    rounds: { type: "string", default: "15" },
    pairs: { type: "string", default: "500" },
    skip: { type: "string", default: "" },
    write: { type: "boolean", default: false },
  },
});

if (options.write && options.skip) throw new Error("--write: expected no --skip, a part is no table");

const HEADER = ["what", "ours", "theirs", "ours / theirs", "at most"];
const COLD_ROUNDS = options.base ? 1 : 3;
const MANY_ROUNDS = options.base ? 1 : 3;
const MEMORY_PAIRS = 16;

const model = options.base ? "base" : "demo";
const skipped = options.skip.split(",");
const rows: string[][] = [HEADER];
const notes: string[] = [];

await (options.base ? makeBaseModels() : makeDemoModels());
await build({ configFile: join(import.meta.dirname, "peers/vite.config.ts"), logLevel: "error" });
using server = await LimitedServer.start(".cache/peers/site", join(MODELS, ".."));
const browser = await chromium.launch(launchOptions());
try {
  if (!options.base) await check();
  if (!skipped.includes("cold")) await cold();
  if (!skipped.includes("single") || !skipped.includes("many")) await warm();
  if (!skipped.includes("memory")) await memory();
  if (!skipped.includes("gpu") && !options.base) await gpu();
} finally {
  await browser.close();
}
const about = await describeMachine();
console.log(`${formatTable(rows)}\n\n${about}`);
if (options.write) {
  await writeSection("speed.md", `peers-${model}`, `${markdownTable(rows)}\n\n${about}`);
}

async function check(): Promise<void> {
  const { exported, ours, theirs } = await checkAgreement(browser, server.origin);
  notes.push(
    `Largest error against fp32, share of the spread of rewards: the exported graph in fp32 ${percent(exported)} %, ours q8 ${percent(ours)} %, theirs q8 ${percent(theirs)} %.`,
  );
}

async function cold(): Promise<void> {
  const { bytes, requests, seconds, ours } = await coldStart(browser, server, model, COLD_ROUNDS);
  const megabytes = (value: number) => (value / 1e6).toFixed(2);
  add("cold start, WASM q8: MB sent", bytes.all, megabytes, 0.65);
  for (const kind of KINDS) add(`… ${kind}`, bytes[kind], megabytes);
  add("cold start: requests", requests, String);
  add("cold start at 20 Mbit/s: s to the first score", seconds.scored, (value) => value.toFixed(2), 0.65);
  for (const [milestone, words] of Object.entries(MILESTONES)) {
    add(`… ${words}`, seconds[milestone as keyof typeof MILESTONES], (value) => value.toFixed(2));
  }
  const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
  notes.push(
    `Our load after the last byte: session ${milliseconds(ours.session)}, self-check ${milliseconds(ours.check)}.`,
  );
}

async function warm(): Promise<void> {
  const pages = {
    ours: await PeerPage.open(browser, "ours", server.origin),
    theirs: await PeerPage.open(browser, "theirs", server.origin),
  };
  for (const page of Object.values(pages)) await page.load(model);
  if (!skipped.includes("single")) {
    for (const tokens of [16, 64, 128, 512]) {
      const times = await warmPair(pages, tokens, Number(options.rounds));
      const target = tokens === 128 ? 0.95 : undefined;
      add(`one pair of ${tokens} tokens, warm, WASM q8: ms`, times, (value) => value.toFixed(2), target);
    }
  }
  if (!skipped.includes("many")) {
    const { milliseconds, batch } = await throughput(pages, Number(options.pairs), MANY_ROUNDS);
    const name = `${options.pairs} pairs of mixed lengths, WASM q8, theirs in batches of ${batch}: s`;
    add(name, milliseconds, (value) => (value / 1e3).toFixed(2), 0.5);
  }
  for (const page of Object.values(pages)) await page.close();
}

async function memory(): Promise<void> {
  const { loaded, peak } = await peakMemory(server, model, mixedPairs(MEMORY_PAIRS), 8);
  const megabytes = (value: number) => (value / 1e6).toFixed(0);
  add("peak memory of the page through a load, WASM q8: MB", loaded, megabytes);
  const target = options.base ? 0.7 : undefined;
  add(`peak memory through a load and ${MEMORY_PAIRS} mixed pairs: MB`, peak, megabytes, target);
}

/** Theirs in each dtype that runs; what does not is told. */
async function gpu(): Promise<void> {
  const ours = await countDispatches(browser, server, "ours", "fp32");
  for (const dtype of ["fp32", "fp16", "q8"] as const) {
    try {
      const theirs = await countDispatches(browser, server, "theirs", dtype);
      const counts = { ours: ours.dispatches, theirs: theirs.dispatches };
      const times = { ours: ours.milliseconds, theirs: theirs.milliseconds };
      const target = dtype === "fp32" ? 0.5 : undefined;
      add(
        `WebGPU, 8 pairs of 16 to 128 tokens, ours w8, theirs ${dtype}: dispatches`,
        counts,
        String,
        target,
      );
      add("the same on SwiftShader: ms", times, (value) => value.toFixed(0));
    } catch (error) {
      notes.push(`WebGPU, theirs ${dtype}: ${String(error).split("\n")[0]}`);
    }
  }
}

function add(what: string, found: Both<number>, show: (value: number) => string, target?: number): void {
  const ratio = found.ours / found.theirs;
  const line = [what, show(found.ours), show(found.theirs), ratio.toFixed(2), target?.toFixed(2) ?? ""];
  rows.push(line);
  console.log(line.join(" | "));
}

async function describeMachine(): Promise<string> {
  const agent = await userAgent();
  const version = (name: string) =>
    JSON.parse(readFileSync(join(import.meta.dirname, "../node_modules", name, "package.json"), "utf8"))
      .version;
  const theirs = "@huggingface/transformers";
  const [cpu] = cpus();
  const lines = [
    ...notes,
    `ONNX Runtime ${version("onnxruntime-web")}; transformers.js ${version(theirs)} with ONNX Runtime ${version(`${theirs}/node_modules/onnxruntime-web`)}; ${THREADS} threads each.`,
    `${agent}; ${cpu!.model}, ${cpus().length} logical processors; ${new Date().toISOString().slice(0, 10)}.`,
  ];
  return lines.join("\n\n");
}

async function userAgent(): Promise<string> {
  const other = await chromium.launch(launchOptions());
  const page = await other.newPage();
  const agent = await page.evaluate(() => navigator.userAgent);
  await other.close();
  return agent;
}
