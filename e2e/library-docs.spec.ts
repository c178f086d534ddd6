import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { codeBlock } from "../src/embed/code-block";
import type { CheckpointErrorCode, ScorerErrorCode } from "../src/shared/errors";
import type { CreateScorerOptions, Score, ScoreOptions, Scorer } from "../src/ui/index";
import { launchOptions } from "./browser";
import { documentedCode } from "./documented";
import { Host, LIB } from "./library-site";

// The code of the documentation names no device.
test.use({ launchOptions: launchOptions(false) });

type Name =
  | keyof CreateScorerOptions
  | keyof ScoreOptions
  | keyof Score
  | Exclude<keyof Scorer, symbol>
  | Exclude<ScorerErrorCode, CheckpointErrorCode>;

/** The library's, as its types have them. */
const NAMES: Record<Name, true> = {
  model: true,
  device: true,
  base: true,
  signal: true,
  onProgress: true,
  alpha: true,
  score: true,
  reward: true,
  tokens: true,
  truncated: true,
  unread: true,
  release: true,
  "model-not-found": true,
  "download-failed": true,
  "integrity-mismatch": true,
  "malformed-model": true,
  "no-execution-provider": true,
  "out-of-memory": true,
  "run-failed": true,
  "model-not-loaded": true,
  "worker-crashed": true,
};

const DOCS = readFileSync(join(import.meta.dirname, "../docs/embedding/README.md"), "utf8");

test("runs the documentation's module", async ({ page }) => {
  using host = await Host.start(LIB);
  const code = documentedCode("README", "js", { origin: host.library });
  await host.open(page, `<script type="module">${code} document.title = score === 10 * reward;</script>`);
  await expect(page).toHaveTitle("true");
});

test("documents every option, method and code", () => {
  const section = DOCS.slice(DOCS.indexOf("## Without the element"), DOCS.indexOf("## Content security"));
  const tables = section.match(/^\|.*$/gm)!.join("\n");
  expect(Object.keys(NAMES).filter((name) => !new RegExp(`\\b${name}\\b`).test(tables))).toEqual([]);
});

test("has a README in its package that points at nothing outside", () => {
  const packed = readFileSync(join(LIB, "README.md"), "utf8");
  const headings = (markdown: string) => markdown.split("\n").filter((line) => line.startsWith("#"));
  expect(packed).not.toMatch(/\]\((?!https?:)|npm start|npm run|\.spec\.ts|Other ways in/);
  expect(headings(packed)).toEqual(headings(DOCS));
  expect(codeBlock(packed, "js")).toBe(codeBlock(DOCS, "js"));
});
