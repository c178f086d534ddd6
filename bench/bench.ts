import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { build } from "vite";
import { launchOptions } from "../e2e/browser";
import { writeSection } from "./document";
import { LimitedServer } from "./peers/limited-server";
import { MODELS, makeBaseModels, makeDemoModels } from "./peers/models";
import { BASE_PARTS, type Bench, PARTS } from "./peers/parts";
import { THREADS } from "./peers/peer-page";
import { Results, type Row, wholeTable } from "./peers/results";
import { versions } from "./versions";

/**
 * Our engine and transformers.js on the same work, turn by turn, in the same Chromium, and what a person feels
 * of our page. `--base`: BERT-base's size instead of the demonstration model's, WASM alone. A part keeps its
 * figures until it runs again; `--write` puts all that there are into docs/speed.md, and those with an aim into
 * README.md. `--serve` instead serves the page that measures in anyone's own browser.
 *
 * usage: npm run bench -- [--base] [--only cold,single,many,memory,gpu,native,page] [--rounds 15] [--pairs 500]
 *   [--write], or npm run bench -- --serve
 */
const { values: options } = parseArgs({
  options: {
    base: { type: "boolean", default: false },
    only: { type: "string" },
    rounds: { type: "string" },
    pairs: { type: "string" },
    serve: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

const SITE = join(import.meta.dirname, "vite.config.ts");
const model = options.base ? "base" : "demo";
const parts = options.only?.split(",") ?? (options.base ? BASE_PARTS : Object.keys(PARTS));
const unknown = parts.filter((part) => !(part in PARTS));
if (unknown.length > 0)
  throw new Error(`--only: expected ${Object.keys(PARTS).join(", ")}, found ${unknown}`);

await (options.base ? makeBaseModels() : makeDemoModels());
await build({ configFile: SITE, logLevel: "error" });
await (options.serve ? serve() : measure());

async function serve(): Promise<void> {
  const server = await startServer();
  console.log(`open ${server.origin} in the browser to measure; Ctrl+C ends it`);
}

function startServer(): Promise<LimitedServer> {
  return LimitedServer.start(".cache/peers/site", join(MODELS, ".."));
}

async function measure(): Promise<void> {
  using server = await startServer();
  const browser = await chromium.launch(launchOptions());
  const page = await browser.newPage();
  const where = `${await page.evaluate(() => navigator.userAgent)}; ${machine()}`;
  await page.close();
  const bench: Bench = {
    browser,
    server,
    model,
    rounds: Number(options.rounds ?? (options.base ? 5 : 15)),
    pairs: Number(options.pairs ?? (options.base ? 24 : 500)),
  };
  const results = new Results(model, Object.keys(PARTS));
  try {
    for (const name of parts) {
      const part = await PARTS[name]!(bench);
      results.save(name, part, where);
      for (const row of part.rows) console.log(Object.values(row).join(" | "));
      for (const note of part.notes) console.log(note);
    }
  } finally {
    await browser.close();
  }
  if (options.write) await write(results);
}

async function write(results: Results): Promise<void> {
  const engines = `${versions()}; ${THREADS} threads each.`;
  const details = [wholeTable(results.rows), ...results.notes, engines, ...results.places];
  await writeSection("speed.md", `bench-${model}`, details.join("\n\n"));
  const sizes = [
    ["", new Results("demo", Object.keys(PARTS))],
    ["BERT-base: ", new Results("base", Object.keys(PARTS))],
  ] as const;
  const rows: Row[] = sizes.flatMap(([size, { rows }]) =>
    rows.filter(({ aim }) => aim !== "").map((row) => ({ ...row, what: `${size}${row.what}` })),
  );
  const places = new Set(sizes.flatMap(([, { places }]) => places));
  await writeSection("../README.md", "bench", [wholeTable(rows), engines, ...places].join("\n\n"));
}

function machine(): string {
  const [cpu] = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `${cpu!.model.trim()}, ${cpus().length} logical processors; ${day}.`;
}
