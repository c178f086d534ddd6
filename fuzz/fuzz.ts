import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Most that reading one file may take of a processor, in milliseconds; of the clock, ten times that. */
const MAX_CPU_MS = 1000;
/** Most memory that reading one file may add, in bytes. */
const MAX_GROWN_BYTES = 256e6;
/** Heap of the process that reads, in megabytes: past it the process ends, which is a failure. */
const HEAP_MB = 256;

const ROOT = join(import.meta.dirname, "..");

/** One mutant and what became of it. */
interface Result {
  outcome: "read" | "refused" | "failed";
  problem?: string;
  cpuMs: number;
  grownBytes: number;
  rssBytes: number;
}

export interface Summary {
  reader: string;
  count: number;
  read: number;
  refused: number;
  failures: { at: number; problem: string }[];
  slowest: { at: number; cpuMs: number };
  /** What one file added to the most memory that the process ever had. */
  largest: { at: number; bytes: number };
  /** Most memory that the process ever had, itself included. */
  peakBytes: number;
}

/** Reads so many mutants of a reader's files, each of them the same for the same seed and number. */
export async function fuzz(reader: string, seed: number, from: number, to: number): Promise<Summary> {
  const summary: Summary = {
    reader,
    count: to - from,
    read: 0,
    refused: 0,
    failures: [],
    slowest: { at: from, cpuMs: 0 },
    largest: { at: from, bytes: 0 },
    peakBytes: 0,
  };
  for (let next = from; next < to; ) next = await runChild(reader, seed, next, to, summary);
  return summary;
}

/** @returns the number of the case to go on with: a case that ends the process is the last one of it */
async function runChild(
  reader: string,
  seed: number,
  from: number,
  to: number,
  summary: Summary,
): Promise<number> {
  const args = [`--max-old-space-size=${HEAP_MB}`, "--import=tsx", join(import.meta.dirname, "child.ts")];
  const child = spawn(process.execPath, [...args, reader, String(seed), String(from), String(to)], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors = (errors + text).slice(-2000);
  });
  let at = from - 1;
  let hung = false;
  let watchdog: NodeJS.Timeout | undefined;
  for await (const line of createInterface(child.stdout)) {
    clearTimeout(watchdog);
    if (line.startsWith("{")) {
      record(summary, at, JSON.parse(line));
      continue;
    }
    at = Number(line);
    watchdog = setTimeout(() => {
      hung = true;
      child.kill("SIGKILL");
    }, 10 * MAX_CPU_MS);
  }
  clearTimeout(watchdog);
  const code = child.exitCode ?? (await new Promise<number | null>((resolve) => child.once("exit", resolve)));
  if (code === 0) return to;
  if (at < from) throw new Error(`${reader}: the process did not start: ${errors}`);
  const problem = hung
    ? `still reading after ${10 * MAX_CPU_MS} ms`
    : `ended the process (${child.signalCode ?? code}): ${errors}`;
  summary.failures.push({ at, problem });
  return at + 1;
}

function record(summary: Summary, at: number, result: Result): void {
  const { outcome, problem, cpuMs, grownBytes, rssBytes } = result;
  if (outcome === "read") summary.read++;
  if (outcome === "refused") summary.refused++;
  if (problem !== undefined) summary.failures.push({ at, problem });
  if (cpuMs > MAX_CPU_MS) summary.failures.push({ at, problem: `took ${cpuMs.toFixed()} ms` });
  if (grownBytes > MAX_GROWN_BYTES) summary.failures.push({ at, problem: `took ${grownBytes} bytes` });
  if (cpuMs > summary.slowest.cpuMs) summary.slowest = { at, cpuMs };
  if (grownBytes > summary.largest.bytes) summary.largest = { at, bytes: grownBytes };
  summary.peakBytes = Math.max(summary.peakBytes, rssBytes);
}
