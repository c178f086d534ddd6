import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { openCheckpointFolder } from "../src/cli/checkpoint-folder";
import { NodeScorer } from "../src/cli/node-scorer";
import { StagedFolder } from "../src/cli/staged-folder";
import { formatTable } from "../src/cli/table";
import { convertCheckpoint } from "../src/convert/convert";
import { ScorerError } from "../src/shared/errors";
import type { Graph, Manifest } from "../src/shared/manifest";
import { TOLERANCE } from "../src/shared/tolerance";
import { PairTokenizer } from "../src/worker/tokenizer";
import type { FixturePair } from "./fixture";

/** What runs in Node, by numbers that are its own. */
const DTYPES = ["fp32", "w8"] as const;

/** Refused, and rightly so: the fixtures hold more architectures than are supported. */
const UNSUPPORTED = "unsupported-architecture";

process.exitCode = await checkFixtures(process.argv[2] ?? join(import.meta.dirname, "fixtures"));

/**
 * Hold conversion, tokenizer and scores against a reference: every folder in `folder` that has a
 * checkpoint with `goldens.json` is converted to a temporary place, tokenized and scored with
 * onnxruntime-node. The findings go to standard output as a table, errors in % of the spread of the
 * reference rewards.
 *
 * @returns the exit code: 1 when ids differ, an error is over its tolerance or a checkpoint is broken
 */
async function checkFixtures(folder: string): Promise<number> {
  const rows: string[][] = [["fixture", "artifact", "ids", "worst %", "mean %", "result"]];
  const entries = await readdir(folder, { recursive: true });
  for (const path of entries.filter((entry) => basename(entry) === "goldens.json").sort()) {
    const name = dirname(path);
    rows.push(...(await checkOrRefuse(name, join(folder, name))));
  }
  console.log(formatTable(rows));
  return rows.slice(1).every((row) => ["ok", UNSUPPORTED].includes(row.at(-1)!)) ? 0 : 1;
}

async function checkOrRefuse(name: string, folder: string): Promise<string[][]> {
  const staged = await StagedFolder.create(join(tmpdir(), "reward-scorer-fixture"));
  try {
    return await checkFixture(name, folder, staged);
  } catch (error) {
    if (!(error instanceof ScorerError)) throw error;
    console.error(`${name}: ${error.message}`);
    return [[name, "", "", "", "", error.code]];
  } finally {
    staged.discard();
  }
}

async function checkFixture(name: string, folder: string, staged: StagedFolder): Promise<string[][]> {
  const { pairs }: { pairs: FixturePair[] } = JSON.parse(
    await readFile(join(folder, "goldens.json"), "utf8"),
  );
  const files = await openCheckpointFolder(folder);
  const draft = await convertCheckpoint(files, { name: "fixture", repository: name, dtypes: DTYPES }, staged);
  const sameIds = await compareIds(staged.path, draft, pairs);
  const rows: string[][] = [];
  for (const { dtype, graphs } of draft.artifacts) {
    for (const graph of graphs) {
      const { worst, mean } = await measure(staged.path, draft, graph, pairs);
      const passed = sameIds && worst <= TOLERANCE[dtype].worst && mean <= TOLERANCE[dtype].mean;
      const cells = [percent(worst), percent(mean), passed ? "ok" : "failed"];
      rows.push([name, `${dtype} ${graph.attention}`, sameIds ? "equal" : "differ", ...cells]);
    }
  }
  return rows;
}

async function compareIds(
  folder: string,
  { template }: Pick<Manifest, "template">,
  pairs: readonly FixturePair[],
): Promise<boolean> {
  const read = (file: string) => readFile(join(folder, file), "utf8");
  const tokenizer = new PairTokenizer(
    await read("tokenizer.json"),
    await read("tokenizer_config.json"),
    template,
  );
  return pairs.every((pair) => tokenizer.encodePair(pair).ids.join() === pair.ids.join());
}

/** Errors as fractions of the spread. */
async function measure(
  folder: string,
  draft: Pick<Manifest, "template">,
  graph: Graph,
  pairs: readonly FixturePair[],
): Promise<{ worst: number; mean: number }> {
  const scorer = await NodeScorer.open(folder, draft, graph);
  const rewards = await scorer.score(pairs);
  await scorer.release();
  const references = pairs.map(({ score }) => score);
  const spread = Math.max(...references) - Math.min(...references);
  const errors = rewards.map(({ reward }, index) => Math.abs(reward - references[index]!) / spread);
  return { worst: Math.max(...errors), mean: errors.reduce((sum, error) => sum + error, 0) / errors.length };
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(4);
}
