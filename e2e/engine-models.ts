import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FIXTURES } from "../test/fixture";

const ROOT = join(import.meta.dirname, "..");

/** Convert the fixtures anew: the folders are what the tests are about to judge. */
export default function makeModels(): void {
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
