// npm test: install what is missing, then check, lint, unit tests, build, browser tests; stop at the first failure.
// Arguments go to both test runners: `npm test -- truncate` runs the tests of files so named.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "./chromium.mjs";
import { findFirefox } from "./firefox.mjs";
import { install } from "./install.mjs";
import { ROOT, run, runNpm } from "./run.mjs";
import { countPlaywright, countVitest } from "./test-counts.mjs";

const VITEST = "vitest/vitest.mjs";
const PLAYWRIGHT = "@playwright/test/cli.js";

const filters = process.argv.slice(2);
const reports = join(ROOT, ".cache/test-reports");
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");

const steps = [
  ["install", install],
  ...(filters.length ? [[`test files named ${filters.join(" ")}`, findNamed]] : []),
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

/** A misspelt name would pass, with nothing tested. */
function findNamed() {
  const args = [join(ROOT, "node_modules", VITEST), "list", "--filesOnly", ...filters];
  const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  if (stdout.trim()) return 0;
  return runPackage(PLAYWRIGHT, ["test", "--list"]); // says what it found, and fails for nothing
}

function runVitest() {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  return runPackage(VITEST, ["run", ...reporters, ...(filters.length ? ["--passWithNoTests"] : [])]);
}

async function runPlaywright() {
  const named = await findBrowsers().catch(({ message }) => console.error(message));
  if (!named) return 1;
  const args = ["test", "--reporter=list,json", ...(filters.length ? ["--pass-with-no-tests"] : [])];
  return runPackage(PLAYWRIGHT, args, { ...named, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport });
}

async function findBrowsers() {
  return { CHROMIUM_PATH: await findChromium(), FIREFOX_PATH: await findFirefox() };
}

function runPackage(script, args, env) {
  return run(process.execPath, [join(ROOT, "node_modules", script), ...args, ...filters], env);
}
