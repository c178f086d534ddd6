import { spawnSync } from "node:child_process";
import { cp, open } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND, COMMAND_TIMEOUT_MS, runCommand, temporaryFolder } from "./test-command";

const USAGE_ERRORS = [
  { name: "no command", args: [], says: "Usage: reward-scorer" },
  { name: "an unknown command", args: ["rate"], says: "unknown command 'rate'" },
  { name: "an unknown option", args: ["verify", "x", "--fast"], says: "unknown option '--fast'" },
  { name: "no folder", args: ["verify"], says: "missing required argument 'folder'" },
  { name: "no --out", args: ["convert", "x"], says: "required option '--out <folder>' not specified" },
  { name: "no --model", args: ["score"], says: "required option '--model <folder>' not specified" },
  {
    name: "an unknown dtype",
    args: ["convert", "x", "--out", "y", "--dtype", "q8,int8"],
    says: 'Expected some of fp32, fp16, q8, w8, q4f16, found "int8"',
  },
  {
    name: "an alpha that is no number",
    args: ["score", "--model", "x", "--alpha", "ten"],
    says: "Expected a finite number",
  },
  {
    name: "neither a folder nor a Hub id",
    args: ["convert", "no/such/folder", "--out", "y"],
    says: 'checkpoint: expected a folder or a Hub id such as owner/name, found "no/such/folder"',
  },
  {
    name: "pairs from two places",
    args: ["score", "--model", "x", "--input", "f", "--prompt", "p"],
    says: "--input: expected no --prompt or --response beside it",
  },
  {
    name: "two prompts and one response",
    args: ["score", "--model", "x", "--prompt", "p", "--prompt", "q", "--response", "r"],
    says: "--response: expected one for each of 2 prompts, or several for one, found 1",
  },
];

describe("main", { timeout: COMMAND_TIMEOUT_MS }, () => {
  it.concurrent.each(USAGE_ERRORS)("exits with 2 for $name", async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await runCommand(args);
    expect(stderr).toContain(says);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  it.each(["--help", "--version"])("answers %s on standard output", async (option) => {
    const { exitCode, stdout, stderr } = await runCommand([option]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).not.toBe("");
  });

  it("says what to do before anything is installed", async () => {
    const alone = join(await temporaryFolder(), "reward-scorer.mjs");
    await cp(COMMAND, alone);
    const { status, stderr } = spawnSync(process.execPath, [alone, "--help"], { encoding: "utf8" });
    expect(stderr).toMatch(/^reward-scorer: .* run npm ci .*\n$/);
    expect(status).toBe(1);
  });

  it("exits with 1 for a full disk under standard output, without a stack trace", async () => {
    await using full = await open("/dev/full", "w");
    const stdio = ["ignore", full.fd, "pipe"] as const;
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, "--help"], {
      stdio: [...stdio],
      encoding: "utf8",
    });
    expect(stderr).toBe("reward-scorer: ENOSPC: no space left on device, write\n");
    expect(status).toBe(1);
  });

  it("exits with 1 for a model that is not there, without a stack trace", async () => {
    const result = await runCommand(["verify", "no-such-folder"]);
    const stderr = "reward-scorer: no-such-folder: expected a model folder, found no reward.json\n";
    expect(result).toMatchObject({ exitCode: 1, stdout: "", stderr });
  });
});
