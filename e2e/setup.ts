import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FIXTURES } from "../test/fixture";

const ROOT = join(import.meta.dirname, "..");

/** Make anew what the tests are about to judge: the library, and the fixtures' model folders. */
export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build-lib.mjs"], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "pipe"],
  });
  makeModels();
}

function makeModels(): void {
  for (const name of FIXTURES) {
    const made = join(ROOT, ".cache/e2e-models", name);
    const served = join(ROOT, ".cache/models", name);
    rmSync(made, { recursive: true, force: true });
    const command = ["bin/reward-scorer.js", "convert", join("test/fixtures", name), "--out", made];
    execFileSync(process.execPath, command, { cwd: ROOT, stdio: ["ignore", "inherit", "pipe"] });
    rmSync(served, { recursive: true, force: true });
    mkdirSync(join(ROOT, ".cache/models"), { recursive: true });
    renameSync(made, served);
  }
}
