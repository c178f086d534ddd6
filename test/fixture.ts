import { openAsBlob, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A pair with what the reference implementation made of it. */
export interface FixtureGolden {
  prompt: string;
  response: string;
  ids: number[];
  untruncated_tokens: number;
  /** The reward at alpha 1. */
  score: number;
}

export interface Fixture {
  name: string;
  folder: string;
  files: Map<string, Blob>;
  goldens: FixtureGolden[];
  /** max − min of the reference rewards: what tolerances are a share of. */
  spread: number;
}

/** The folders of `test/fixtures`. */
export const FIXTURE_NAMES = [
  "bert-reward",
  "bert-reward-bin",
  "bert-seqcls",
  "bert-seqcls-f16",
  "bert-seqcls-bf16",
];

/** A checkpoint folder with its reference rewards. */
export async function openFixture(folder: string): Promise<Fixture> {
  const files = new Map<string, Blob>();
  for (const name of readdirSync(folder)) files.set(name, await openAsBlob(join(folder, name)));
  const goldens: FixtureGolden[] = JSON.parse(readFileSync(join(folder, "goldens.json"), "utf8")).pairs;
  const rewards = goldens.map((golden) => golden.score);
  return {
    name: basename(folder),
    folder,
    files,
    goldens,
    spread: Math.max(...rewards) - Math.min(...rewards),
  };
}

/** Worst and mean error as shares of the fixture's spread. */
export function errorOf(fixture: Fixture, rewards: readonly number[]): { worst: number; mean: number } {
  const errors = fixture.goldens.map(
    ({ score }, index) => Math.abs(rewards[index]! - score) / fixture.spread,
  );
  return { worst: Math.max(...errors), mean: errors.reduce((sum, error) => sum + error, 0) / errors.length };
}
