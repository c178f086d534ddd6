import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { build } from "vite";
import { launchOptions } from "./browser";
import { documentedCode } from "./documented";
import { LIB, type Site, serveFolders } from "./library-site";
import { SCORE } from "./shown-score";

/** A project that has the library as a package. */
const APP = join(import.meta.dirname, "../.cache/library-package");

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
