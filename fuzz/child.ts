import { ScorerError } from "../src/shared/errors";
import { Random } from "./random";
import { READERS } from "./readers";
import { writeLine } from "./write-line";

/**
 * Reads the mutants of one reader, in a process of its own that may be ended at any time. A line for each:
 * first its number, then the verdict. Written at once, so that the last line names the case that hangs.
 */
const [name, seed, from, to] = process.argv.slice(2);
const reader = READERS[name!]!;

for (let at = Number(from); at < Number(to); at++) {
  writeLine(String(at));
  const bytes = reader.mutant(new Random(Number(seed), at));
  const peakBefore = process.resourceUsage().maxRSS;
  const cpuBefore = process.cpuUsage();
  const verdict = await judge(bytes);
  const { user, system } = process.cpuUsage(cpuBefore);
  const grownBytes = 1024 * (process.resourceUsage().maxRSS - peakBefore);
  const result = {
    ...verdict,
    cpuMs: (user + system) / 1000,
    grownBytes,
    rssBytes: process.memoryUsage.rss(),
  };
  writeLine(JSON.stringify(result));
}

async function judge(bytes: Uint8Array<ArrayBuffer>) {
  try {
    await reader.judge(bytes, await reader.read(bytes));
    return { outcome: "read" };
  } catch (error) {
    if (error instanceof ScorerError) return { outcome: "refused", code: error.code };
    return { outcome: "failed", problem: error instanceof Error ? error.stack : String(error) };
  }
}
