import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { build } from "vite";
import { launchOptions } from "./browser";
import { documentedCode } from "./documented";
import { LIB, type Site, serveFolders } from "./library-site";
import { SCORE } from "./shown-score";

const ROOT = join(import.meta.dirname, "..");

/** A project that has the library as a package. */
const APP = join(ROOT, ".cache/library-package");

const BUILT = join(APP, "dist");

// The code of the documentation names no device.
test.use({ launchOptions: launchOptions(false) });

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(APP, name), text);
}

test.beforeAll(() => {
  rmSync(APP, { recursive: true, force: true });
  mkdirSync(APP, { recursive: true });
  write({ "package.json": `{ "private": true, "type": "module" }` });
  cpSync(LIB, join(APP, "node_modules/reward-scorer"), { recursive: true });
});

/** What Node writes, errors too. */
function node(...args: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: APP, encoding: "utf8" });
  return stdout + stderr;
}

const TYPED = `
import { createScorer, type RewardScorer, ScorerError } from "reward-scorer";
import "reward-scorer/element";

const scorer = await createScorer({ model: "https://your.host/models/demo" });
const { score, reward } = await scorer.score({ prompt: "a", response: "b" });
const numbers: number[] = [score, reward];

const element: RewardScorer = document.querySelector("reward-scorer")!;
element.addEventListener("score", function hear({ detail: { alpha, scores } }) {
  numbers.push(alpha, ...scores.map(({ score }) => score));
  this.removeEventListener("score", hear);
});
element.addEventListener("error", ({ detail }) => {
  say(detail instanceof ScorerError ? detail.code : detail.message);
});
element.addEventListener("click", ({ clientX }) => numbers.push(clientX));
element.addEventListener("anything", ({ timeStamp }) => numbers.push(timeStamp));
declare function say(words: string): void;
`;

for (const resolution of ["nodenext", "bundler"] as const) {
  test(`has types that hold, resolved by ${resolution}`, () => {
    const module = resolution === "bundler" ? "esnext" : resolution;
    const options = { strict: true, noEmit: true, target: "es2022", lib: ["es2023", "dom"], module };
    const compilerOptions = { ...options, moduleResolution: resolution };
    write({ "typed.ts": TYPED, "tsconfig.json": JSON.stringify({ compilerOptions, files: ["typed.ts"] }) });
    expect(node(join(ROOT, "node_modules/typescript/bin/tsc"))).toBe("");
  });
}

test("can be imported on a server", () => {
  const code = `console.log(await import("reward-scorer").then((library) => Object.keys(library).join(), String))`;
  expect(node("--input-type=module", "--eval", code)).toBe("ScorerError,createScorer\n");
});

test.describe("bundled by Vite, its folder copied as the documentation says", () => {
  let site: Site;

  test.beforeAll(async () => {
    cpSync(LIB, join(APP, "public/reward-scorer"), { recursive: true });
    write({
      "module.html": `<script type="module" src="./module.js"></script>`,
      "module.js": `${documentedCode("README", "js", { nth: 1 })} document.title = score === 10 * reward;`,
      "element.html": `<script type="module">import "reward-scorer/element";</script>
        ${documentedCode("README", "html", { nth: 2 })}`,
    });
    const input = ["module.html", "element.html"].map((name) => join(APP, name));
    await build({ root: APP, configFile: false, logLevel: "error", build: { rolldownOptions: { input } } });
    site = await serveFolders(BUILT);
  });

  test.afterAll(() => site[Symbol.dispose]());

  test("scores through createScorer", async ({ page }) => {
    await page.goto(`${site.origin}/module.html`);
    await expect(page).toHaveTitle("true");
  });

  test("scores in the element, by the model that comes with it", async ({ page }) => {
    await page.goto(`${site.origin}/element.html`);
    await page.getByRole("button", { name: "Load model" }).click();
    await expect(page.getByRole("status")).toHaveText(SCORE);
  });
});
