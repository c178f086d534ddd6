import { openAsBlob, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { CheckpointFiles } from "../src/convert/checkpoint";

/** A pair with what the reference implementation makes of it. */
export interface FixturePair {
  prompt: string;
  response: string;
  ids: number[];
  untruncated_tokens: number;
  score: number;
}

export const FIXTURES = [
  "bert-reward",
  "bert-reward-bin",
  "bert-seqcls",
  "bert-seqcls-f16",
  "bert-seqcls-bf16",
];

/** A fixture's files, read when they are needed. */
export async function openFixture(name: string): Promise<CheckpointFiles> {
  const folder = join(import.meta.dirname, "fixtures", name);
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (file) => [file, await openAsBlob(join(folder, file))] as const)),
  );
}

export function readFixturePairs(name: string): FixturePair[] {
  return readPairs(join(import.meta.dirname, "fixtures", name));
}

/** The pairs of a checkpoint folder with `goldens.json`. */
export function readPairs(folder: string): FixturePair[] {
  return JSON.parse(readFileSync(join(folder, "goldens.json"), "utf8")).pairs;
}

/** max − min of the reference rewards: what tolerances are a share of. */
export function spreadOf(pairs: readonly FixturePair[]): number {
  const rewards = pairs.map(({ score }) => score);
  return Math.max(...rewards) - Math.min(...rewards);
}

/** Worst and mean error of the first pairs' rewards against the reference, as shares of the spread of all. */
export function errorOf(pairs: readonly FixturePair[], rewards: readonly number[]) {
  const spread = spreadOf(pairs);
  const errors = rewards.map((reward, index) => Math.abs(reward - pairs[index]!.score) / spread);
  return { worst: Math.max(...errors), mean: errors.reduce((sum, error) => sum + error, 0) / errors.length };
}
