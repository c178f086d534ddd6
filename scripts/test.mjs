// npm test: install what is missing, then check, lint, unit tests, build, browser tests; stop at the first failure.
// Arguments go to both test runners: `npm test -- truncate` runs the tests of files so named.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "./chromium.mjs";
import { install } from "./install.mjs";
import { ROOT, run, runNpm } from "./run.mjs";
import { countPlaywright, countVitest } from "./test-counts.mjs";

const filters = process.argv.slice(2);
const reports = join(ROOT, ".cache/test-reports");
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");

const steps = [
  ["install", install],
  ["check", () => runNpm(["run", "check"])],
  ["lint", () => runNpm(["run", "lint"])],
  ["unit tests", runVitest],
  ["build", () => runNpm(["run", "build"])],
  ["browser tests", runPlaywright],
];

rmSync(vitestReport, { force: true });
rmSync(playwrightReport, { force: true });
mkdirSync(reports, { recursive: true });

for (const [name, step] of steps) {
  const code = await step();
  if (code !== 0) {
    console.error(`${name}: failed`);
    process.exitCode = 1;
    break;
  }
}

const counts = [countVitest(vitestReport), countPlaywright(playwrightReport)];
const total = (kind) => counts.reduce((sum, count) => sum + count[kind], 0);
console.log(`${total("passed")} passed, ${total("failed")} failed`);

function runVitest() {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  return runPackage("vitest/vitest.mjs", [
    "run",
    ...reporters,
    ...(filters.length ? ["--passWithNoTests"] : []),
  ]);
}

async function runPlaywright() {
  const chromium = await findChromium();
  if (!chromium) {
    console.error("chromium: expected one at CHROMIUM_PATH, on the system or from playwright, found none");
    return 1;
  }
  const args = ["test", "--reporter=list,json", ...(filters.length ? ["--pass-with-no-tests"] : [])];
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };
  return runPackage("@playwright/test/cli.js", args, env);
}

function runPackage(script, args, env) {
  return run(process.execPath, [join(ROOT, "node_modules", script), ...args, ...filters], env);
}
