import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { BERT_BASE, writeRandomCheckpoint } from "./random-checkpoint";

/** Convert a checkpoint of BERT-base's size, random weights, and print time and peak memory. */
const CHECKPOINT = ".cache/bench/bert-base-random";
const OUT = ".cache/bench/bert-base-converted";

if (!existsSync(`${CHECKPOINT}/model.safetensors`)) {
  console.log(`writing ${CHECKPOINT}`);
  await writeRandomCheckpoint(CHECKPOINT, BERT_BASE);
}
rmSync(OUT, { recursive: true, force: true });
const start = performance.now();
const { status } = spawnSync(
  process.execPath,
  ["bin/reward-scorer.js", "convert", CHECKPOINT, "--out", OUT],
  {
    stdio: "inherit",
    env: { ...process.env, NODE_OPTIONS: "--import=./bench/report-peak.mjs" },
  },
);
console.log(`exit ${status}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
