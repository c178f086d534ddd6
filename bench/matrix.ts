import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowserCell } from "../e2e/matrix-page";
import { convert } from "../src/cli/convert";
import { readManifest } from "../src/cli/model-folder";
import { openTokenizer } from "../src/cli/open-tokenizer";
import { formatTable } from "../src/cli/table";
import { ScorerError } from "../src/shared/errors";
import type { Dtype, Manifest } from "../src/shared/manifest";
import { TOLERANCE } from "../src/shared/tolerance";
import { type FixturePair, readPairs } from "../test/fixture";
import { type Cell, type CellResult, cellsOf, measureCell } from "../test/matrix-cell";
import { openNodeCell } from "../test/matrix-node";
import { type Checkpoint, findCheckpoints } from "./checkpoints";
import { percent, writeSection } from "./document";
import { markdownTable } from "./markdown-table";
import { openSite, type Site } from "./site";

/**
 * Convert every checkpoint with `goldens.json` in the folders given, and hold every graph of every
 * artifact on every backend, in every form, against its reference rewards.
 *
 * usage: npm run matrix -- [--write] [folder …]
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});

const ROOT = join(import.meta.dirname, "..");
/** 4 bits are too few for random weights: `convert` leaves them out there. */
const DTYPES: Dtype[] = ["fp32", "fp16", "q8", "w8", "q4f16"];
/** Served by the site as `models/matrix`. */
const MODEL = join(ROOT, ".cache/models/matrix");
const HEADER = ["where", "artifact", "worst %", "in form", "at", "mean %", "allowed %"].concat([
  "rank",
  "forms apart %",
  "repeats apart %",
  "pairs",
  "result",
]);

interface Row {
  cell: Cell;
  result: CellResult;
}

process.exitCode = await main(positionals.length > 0 ? positionals : [join(ROOT, "test/fixtures")]);

async function main(folders: readonly string[]): Promise<number> {
  const site = await openSite();
  const tables: [name: string, rows: Row[]][] = [];
  try {
    for (const checkpoint of await findCheckpoints(folders)) {
      const rows = await judgeOrRefuse(checkpoint, site);
      if (rows.length > 0) tables.push([checkpoint.name, rows]);
    }
    if (options.write) await writeSection("accuracy.md", "matrix", document(site.browser.version(), tables));
  } finally {
    await site.close();
    await rm(MODEL, { recursive: true, force: true });
  }
  const problems = tables.flatMap(([, rows]) => rows.flatMap(({ result }) => result.problems));
  return tables.length > 0 && problems.length === 0 ? 0 : 1;
}

/** An architecture that is not supported is told and passed over: it is refused, and rightly so. */
async function judgeOrRefuse(checkpoint: Checkpoint, site: Site): Promise<Row[]> {
  try {
    return await judge(checkpoint, site);
  } catch (error) {
    if (!(error instanceof ScorerError && error.code === "unsupported-architecture")) throw error;
    console.error(`${checkpoint.name}: refused: ${error.message}`);
    return [];
  }
}

async function judge(checkpoint: Checkpoint, site: Site): Promise<Row[]> {
  const pairs = readPairs(checkpoint.path);
  await convert(checkpoint.path, { out: MODEL, dtype: DTYPES });
  const manifest = await readManifest(MODEL);
  await expectSameIds(manifest, pairs);
  const rows: Row[] = [];
  for (const cell of cellsOf(manifest)) {
    const result = cell.backend === "Node" ? await inNode(cell, pairs) : await inBrowser(cell, pairs, site);
    rows.push({ cell, result });
    for (const problem of result.problems) console.error(`${checkpoint.name}: ${problem}`);
  }
  console.log(`\n${checkpoint.name}\n${formatTable([HEADER, ...rows.map(describe)])}`);
  return rows;
}

async function inNode(cell: Cell, pairs: readonly FixturePair[]): Promise<CellResult> {
  const { score, release } = await openNodeCell(MODEL, cell);
  return measureCell(cell, pairs, score).finally(release);
}

async function inBrowser(cell: Cell, pairs: readonly FixturePair[], site: Site): Promise<CellResult> {
  const page = await site.browser.newPage({ baseURL: site.url });
  try {
    const { score } = await openBrowserCell(page, "../../models/matrix", cell);
    return await measureCell(cell, pairs, score);
  } finally {
    await page.close();
  }
}

async function expectSameIds({ template }: Manifest, pairs: readonly FixturePair[]): Promise<void> {
  const tokenizer = await openTokenizer(MODEL, template);
  for (const pair of pairs) {
    const { ids } = tokenizer.encodePair(pair);
    if (ids.join() !== pair.ids.join()) throw new Error(`token ids differ: ${JSON.stringify(pair.prompt)}`);
  }
}

/** One line a cell: of its forms the worst one. */
function describe({ cell: { backend, dtype, attention }, result }: Row): string[] {
  const { forms, formsApart, repeatsApart, problems } = result;
  const worst = forms.toSorted((a, b) => b.worst - a.worst)[0]!;
  const batched = forms.find(({ form }) => form === "batched")!;
  const allowed = TOLERANCE[dtype];
  return [
    backend,
    `${dtype} ${attention}`,
    percent(worst.worst),
    worst.form,
    worst.worstPair,
    percent(batched.mean),
    `${percent(allowed.worst)} / ${percent(allowed.mean)}`,
    batched.rank.toFixed(4),
    percent(formsApart),
    percent(repeatsApart),
    ["batched", "alone", "repeated"]
      .map((name) => forms.find(({ form }) => form === name)!.pairCount)
      .join(", "),
    problems.length === 0 ? "ok" : "failed",
  ];
}

function document(chromiumVersion: string, tables: readonly [string, Row[]][]): string {
  const date = new Date().toISOString().slice(0, 10);
  const cells = tables.reduce((sum, [, rows]) => sum + rows.length, 0);
  const lead = `${cells} cells; Chromium ${chromiumVersion}, Node ${process.version}, ${date}.`;
  const parts = tables.map(([name, rows]) => {
    const lines = rows.map((row) => describe(row).map((text) => text.replaceAll("|", "\\|")));
    return `### ${name}\n\n${markdownTable([HEADER, ...lines])}`;
  });
  return [lead, ...parts].join("\n\n");
}
