import { existsSync, readFileSync } from "node:fs";

/** Tests passed and failed, from vitest's JSON report; a file that did not load is one failure. */
export function countVitest(path) {
  const report = read(path);
  if (!report) return { passed: 0, failed: 0 };
  const unloaded = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}

/** The same from Playwright's; a test that passed at its second try has passed. */
export function countPlaywright(path) {
  const report = read(path);
  if (!report) return { passed: 0, failed: 0 };
  const { expected, flaky, unexpected } = report.stats;
  return { passed: expected + flaky, failed: Math.max(unexpected, report.errors.length > 0 ? 1 : 0) };
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
