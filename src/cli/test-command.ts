import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";

export const COMMAND = join(import.meta.dirname, "../../bin/reward-scorer.js");

export const FIXTURES = join(import.meta.dirname, "../../test/fixtures");

export interface CommandResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  input?: string | Uint8Array;
  env?: Record<string, string>;
  /** Send this signal at the first thing said on standard error. */
  interrupt?: NodeJS.Signals;
  /** Called at the first thing said on standard error. */
  meanwhile?: () => void;
}

/** Run the command as a user does, in a process of its own. */
export async function runCommand(
  args: readonly string[],
  { input = "", env = {}, interrupt, meanwhile }: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...env } });
  child.stdin.end(input);
  if (meanwhile) child.stderr.once("data", meanwhile);
  if (interrupt) child.stderr.once("data", () => child.kill(interrupt));
  const [stdout, stderr, [exitCode, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { exitCode, signal, stdout, stderr };
}

/** Processes start slowly while other tests run, in milliseconds. */
export const COMMAND_TIMEOUT_MS = 60_000;

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await makeFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "reward-scorer-"));
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/** Convert one of the fixtures into a folder of its name. */
export async function convertFixture(name: string, folder: string, dtype = "fp32"): Promise<string> {
  const out = join(folder, name);
  const args = ["convert", join(FIXTURES, name), "--out", out, "--dtype", dtype];
  const { stderr, exitCode } = await runCommand(args);
  expect(exitCode, stderr).toBe(0);
  return out;
}
