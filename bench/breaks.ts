import { join } from "node:path";
import { parseArgs } from "node:util";
import { formatTable } from "../src/cli/table";
import type { Dtype } from "../src/shared/manifest";
import { BACKEND_TOLERANCE } from "../src/shared/tolerance";
import { BreakTrials, type Trial } from "../test/break-trials";
import { BREAKS } from "../test/broken-models";
import { type Checkpoint, findCheckpoints } from "./checkpoints";
import { percent, writeSection } from "./document";
import { markdownTable } from "./markdown-table";

/**
 * Break every checkpoint with `goldens.json` in the folders given on purpose, and show how far rewards
 * move and what the self-check makes of it.
 *
 * usage: npm run breaks -- [--write] [folder …]
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});

const FIXTURE = join(import.meta.dirname, "../test/fixtures/bert-seqcls");
const DTYPES: Dtype[] = ["fp32", "q8"];
const HEADER = ["break", "moves %", "goldens at load %", "all goldens %", "pairs moved", "pairs escaped"];

const tables: string[] = [];
let escaped = 0;
for (const checkpoint of await findCheckpoints(positionals.length > 0 ? positionals : [FIXTURE])) {
  for (const dtype of DTYPES) tables.push(await tryBreaks(checkpoint, dtype));
}
if (options.write) await writeSection("accuracy.md", "breaks", tables.join("\n\n"));
process.exitCode = tables.length > 0 && escaped === 0 ? 0 : 1;

async function tryBreaks({ name, path }: Checkpoint, dtype: Dtype): Promise<string> {
  const trials = await BreakTrials.open(path, dtype);
  const results: Trial[] = [];
  for (const broken of [...BREAKS, trials.corruptToken(true)]) results.push(await trials.try(broken));
  escaped += results.reduce((sum, { escapedPairs }) => sum + escapedPairs, 0);
  // Seen by no finite check: shown, and no failure.
  results.push(await trials.try(trials.corruptToken(false)));
  trials.close();
  const rows = [HEADER, ...results.map(describe)];
  const title = `${name}, ${dtype}: ${trials.pairCount} pairs, tolerance ${percent(BACKEND_TOLERANCE[dtype])} %`;
  console.log(`\n${title}\n${formatTable(rows)}`);
  return `### ${title}\n\n${markdownTable(rows)}`;
}

function describe({ name, moved, atLoad, inAll, movedPairs, escapedPairs }: Trial): string[] {
  return [name, percent(moved), percent(atLoad), percent(inAll), String(movedPairs), String(escapedPairs)];
}
