import { writeFileSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { build, type PreviewServer, preview } from "vite";
import { launchOptions } from "../e2e/browser";
import { loadAndScore, PAGE } from "../e2e/engine-page";
import { convert } from "../src/cli/convert";
import { readManifest } from "../src/cli/model-folder";
import { NodeScorer } from "../src/cli/node-scorer";
import { formatTable } from "../src/cli/table";
import { ScorerError } from "../src/shared/errors";
import type { Dtype, Manifest } from "../src/shared/manifest";
import { TOLERANCE } from "../src/shared/tolerance";
import { PairTokenizer } from "../src/worker/tokenizer";
import { errorOf, type FixturePair } from "../test/fixture";

/**
 * Hold every checkpoint with `goldens.json` in the folders given against its reference rewards: token
 * ids, then every artifact where it runs. Errors are shares of the spread of the reference rewards.
 *
 * usage: npm run accuracy -- [--write file.md] [folder …]
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "string" } },
});

/** Dtypes judged on any weights; 4 bits are judged on trained ones, fp16 needs a GPU that has it. */
const DTYPES: Dtype[] = ["fp32", "q8", "w8"];

const ROOT = join(import.meta.dirname, "..");
const SITE = join(ROOT, "e2e/vite.config.ts");
/** Served by the site of the tests as `models/accuracy`. */
const MODEL = join(ROOT, ".cache/models/accuracy");

interface Row {
  fixture: string;
  backend: string;
  artifact: string;
  worst: number;
  mean: number;
  passed: boolean;
}

process.exitCode = await main(positionals.length > 0 ? positionals : [join(ROOT, "test/fixtures")]);

async function main(folders: readonly string[]): Promise<number> {
  await build({ configFile: SITE, logLevel: "error" });
  const server = await preview({ configFile: SITE, logLevel: "error", preview: { port: 0 } });
  const browser = await chromium.launch(launchOptions());
  const rows: Row[] = [];
  try {
    for (const checkpoint of await findCheckpoints(folders)) {
      rows.push(...(await judgeOrRefuse(checkpoint, browser, server)));
    }
  } finally {
    await browser.close();
    await server.close();
    await rm(MODEL, { recursive: true, force: true });
  }
  const header = ["checkpoint", "where", "artifact", "worst %", "mean %", "allowed %", "result"];
  console.log(formatTable([header, ...rows.map(cellsOf)]));
  if (options.write) writeFileSync(options.write, await document(browser.version(), header, rows));
  return rows.length > 0 && rows.every(({ passed }) => passed) ? 0 : 1;
}

interface Checkpoint {
  /** Its path below the folder given, that folder's name first. */
  name: string;
  path: string;
}

async function findCheckpoints(folders: readonly string[]): Promise<Checkpoint[]> {
  const found: Checkpoint[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true });
    const withGoldens = entries.filter((entry) => basename(entry) === "goldens.json").map(dirname);
    const withConfig = withGoldens.filter((entry) => entries.includes(join(entry, "config.json")));
    found.push(
      ...withConfig.sort().map((entry) => ({
        name: join(basename(folder), entry),
        path: join(folder, entry),
      })),
    );
  }
  return found;
}

/** An architecture that is not supported is told and passed over: it is refused, and rightly so. */
async function judgeOrRefuse(
  checkpoint: Checkpoint,
  browser: Browser,
  server: PreviewServer,
): Promise<Row[]> {
  try {
    return await judge(checkpoint, browser, server);
  } catch (error) {
    if (!(error instanceof ScorerError && error.code === "unsupported-architecture")) throw error;
    console.error(`${checkpoint.name}: refused: ${error.message}`);
    return [];
  }
}

async function judge(checkpoint: Checkpoint, browser: Browser, server: PreviewServer): Promise<Row[]> {
  const { pairs }: { pairs: FixturePair[] } = JSON.parse(
    await readFile(join(checkpoint.path, "goldens.json"), "utf8"),
  );
  await convert(checkpoint.path, { out: MODEL, revision: "main", dtype: DTYPES });
  const manifest = await readManifest(MODEL);
  await expectSameIds(manifest, pairs);
  const fixture = checkpoint.name;
  const row = (backend: string, artifact: string, dtype: Dtype, rewards: readonly number[]): Row => {
    const { worst, mean } = errorOf(pairs, rewards);
    const passed = worst <= TOLERANCE[dtype].worst && mean <= TOLERANCE[dtype].mean;
    return { fixture, backend, artifact, worst, mean, passed };
  };
  const rows: Row[] = [];
  for (const artifact of manifest.artifacts) {
    const { dtype, graphs, devices } = artifact;
    for (const graph of devices.includes("cpu") ? graphs : []) {
      const scorer = await NodeScorer.open(MODEL, manifest, artifact, graph);
      const rewards = (await scorer.score(pairs)).map(({ reward }) => reward);
      await scorer.release();
      rows.push(row("Node", `${dtype} ${graph.attention}`, dtype, rewards));
    }
    for (const device of devices.filter((device) => device !== "cpu")) {
      const page = await openPage(browser, server, manifest, dtype);
      const { model, scores } = await loadAndScore(page, { model: "../../models/accuracy", device }, pairs);
      await page.close();
      const { attention } = model.attempts.at(-1)!;
      const backend = device === "wasm" ? `WASM, ${model.threads} threads` : "WebGPU, SwiftShader";
      rows.push(
        row(
          backend,
          `${dtype} ${attention}`,
          dtype,
          scores.map(({ reward }) => reward),
        ),
      );
    }
  }
  return rows;
}

/** The engine's page, to which the model has one artifact only. */
async function openPage(
  browser: Browser,
  server: PreviewServer,
  manifest: Manifest,
  dtype: Dtype,
): Promise<Page> {
  const page = await browser.newPage({ baseURL: server.resolvedUrls!.local[0]! });
  const only = { ...manifest, artifacts: manifest.artifacts.filter((artifact) => artifact.dtype === dtype) };
  await page.route("**/reward.json", (route) => route.fulfill({ json: only }));
  // tsx names functions by a helper that the page does not have.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.goto(PAGE);
  return page;
}

async function expectSameIds({ template }: Manifest, pairs: readonly FixturePair[]): Promise<void> {
  const read = (file: string) => readFile(join(MODEL, file), "utf8");
  const tokenizer = new PairTokenizer(
    await read("tokenizer.json"),
    await read("tokenizer_config.json"),
    template,
  );
  for (const pair of pairs) {
    const { ids } = tokenizer.encodePair(pair);
    if (ids.join() !== pair.ids.join()) throw new Error(`token ids differ: ${JSON.stringify(pair.prompt)}`);
  }
}

function cellsOf({ fixture, backend, artifact, worst, mean, passed }: Row): string[] {
  const allowed = TOLERANCE[artifact.split(" ")[0] as Dtype];
  const limits = `${percent(allowed.worst)} / ${percent(allowed.mean)}`;
  return [fixture, backend, artifact, percent(worst), percent(mean), limits, passed ? "ok" : "failed"];
}

function percent(fraction: number): string {
  return Number((100 * fraction).toPrecision(3)).toString();
}

async function document(chromiumVersion: string, header: string[], rows: readonly Row[]): Promise<string> {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const table = [line(header), line(header.map(() => "---")), ...rows.map((row) => line(cellsOf(row)))];
  const template = await readFile(join(import.meta.dirname, "accuracy.md"), "utf8");
  return template
    .replace(
      "{{versions}}",
      `Chromium ${chromiumVersion}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
    )
    .replace("{{table}}", table.join("\n"));
}
