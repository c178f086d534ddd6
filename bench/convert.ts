import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { BASE_CHECKPOINT, makeBaseCheckpoint } from "./base-model";

/** Convert a checkpoint of BERT-base's size, random weights, and print time and peak memory. */
const OUT = ".cache/bench/bert-base-converted";

await makeBaseCheckpoint();
rmSync(OUT, { recursive: true, force: true });
const start = performance.now();
const { status } = spawnSync(
  process.execPath,
  ["bin/reward-scorer.js", "convert", BASE_CHECKPOINT, "--out", OUT],
  {
    stdio: "inherit",
    env: { ...process.env, NODE_OPTIONS: "--import=./bench/report-peak.mjs" },
  },
);
console.log(`exit ${status}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
