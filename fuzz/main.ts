import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { formatTable } from "../src/cli/table";
import { fuzz, type Summary } from "./fuzz";
import { Random } from "./random";
import { READERS } from "./readers";

/**
 * Hold the readers of files against files that are wrong: each is refused by a ScorerError, or read as what
 * it says, within 1 s and 256 MB.
 *
 * usage: npm run fuzz -- [--seed 1] [--count 1000] [reader …]
 *        npm run fuzz -- --case 12 --write file reader
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "1000" },
    case: { type: "string" },
    write: { type: "string" },
  },
});

const seed = Number(values.seed);
const names = positionals.length > 0 ? positionals : Object.keys(READERS);
for (const name of names)
  if (!READERS[name]) throw new Error(`reader: expected one of ${Object.keys(READERS)}`);

if (values.case !== undefined && values.write !== undefined) {
  writeFileSync(values.write, READERS[names[0]!]!.mutant(new Random(seed, Number(values.case))));
} else {
  const first = Number(values.case ?? 0);
  const last = values.case === undefined ? Number(values.count) : first + 1;
  const summaries: Summary[] = [];
  for (const name of names) {
    const summary = await fuzz(name, seed, first, last);
    for (const { at, problem } of summary.failures) {
      console.log(`${name}: --seed ${seed} --case ${at}: ${problem}\n`);
    }
    summaries.push(summary);
  }
  console.log(formatTable([headerCells(), ...summaries.map(cellsOf)]));
  process.exitCode = summaries.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

function headerCells(): string[] {
  return ["reader", "files", "refused", "read", "failures", "slowest, case", "most added, case", "peak"];
}

function cellsOf(summary: Summary): string[] {
  const { reader, count, refused, read, failures, slowest, largest, peakBytes } = summary;
  const numbers = [count, refused, read, failures.length].map(String);
  const slow = `${slowest.cpuMs.toFixed()} ms, ${slowest.at}`;
  return [reader, ...numbers, slow, `${megabytes(largest.bytes)}, ${largest.at}`, megabytes(peakBytes)];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed()} MB`;
}
