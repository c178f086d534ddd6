import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

/** Fixtures whose model folders the tests load. */
const FIXTURES = ["bert-seqcls", "bert-reward"];

const ROOT = join(import.meta.dirname, "..");

/** Convert the fixtures anew: the folders are what the tests are about to judge. */
export default function makeModels(): void {
  for (const name of FIXTURES) {
    const out = join(".cache/models", name);
    rmSync(join(ROOT, out), { recursive: true, force: true });
    const command = ["bin/reward-scorer.js", "convert", join("test/fixtures", name), "--out", out];
    execFileSync(process.execPath, command, { cwd: ROOT, stdio: ["ignore", "inherit", "pipe"] });
  }
}
