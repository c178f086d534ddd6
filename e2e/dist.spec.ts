import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { build } from "vite";
import { expectScored, prompt } from "./page";
import { PlainHost, SUB_PATH } from "./plain-host";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, ".cache/dist");

/** GitHub warns of files above this size, in bytes. */
const MAX_FILE_BYTES = 50_000_000;

let host: PlainHost;

test.beforeAll(async () => {
  await build({
    root: ROOT,
    logLevel: "error",
    build: { outDir: DIST, emptyOutDir: true },
  });
  host = await PlainHost.start(DIST);
});

test.afterAll(() => host.stop());

test("holds each WebAssembly build of one ONNX Runtime once, and nothing too large", () => {
  const paths = readdirSync(DIST, { recursive: true }).map(String);
  const wasm = paths.filter((path) => path.endsWith(".zstd"));
  expect(wasm.map((path) => path.replace(/^assets\/(.*)\.wasm-[\w-]{8}\.zstd$/, "$1")).sort()).toEqual([
    "ort-wasm-simd-threaded",
    "ort-wasm-simd-threaded.asyncify",
    "ort-wasm-simd-threaded.jspi",
  ]);
  const entries = paths.filter((path) => /^assets\/ort\./.test(path));
  expect(entries.map((path) => path.replace(/-[\w-]{8}\.js$/, "")).sort()).toEqual([
    "assets/ort.jspi.min",
    "assets/ort.wasm.min",
    "assets/ort.webgpu.min",
  ]);
  const tooLarge = paths.filter((path) => statSync(join(DIST, path)).size > MAX_FILE_BYTES);
  expect(tooLarge).toEqual([]);
});

test("is not built while a model on the list has no folder", async () => {
  const publicDir = join(ROOT, ".cache/public-without-model");
  rmSync(publicDir, { recursive: true, force: true });
  mkdirSync(join(publicDir, "models"), { recursive: true });
  const models = [{ name: "RewardModel", title: "RewardModel" }];
  writeFileSync(join(publicDir, "models/index.json"), JSON.stringify({ models }));
  const outDir = join(ROOT, ".cache/dist-without-model");
  await expect(build({ root: ROOT, publicDir, logLevel: "silent", build: { outDir } })).rejects.toThrow(
    "models/index.json: RewardModel: expected models/RewardModel/reward.json, found none",
  );
});

test("scores on a plain static server, below a sub-path and without special headers", async ({ page }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(host.origin + SUB_PATH) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  await page.goto(host.page);
  await expectScored(page);
  await expect(page.getByRole("button", { name: "WASM · 1 thread · checked" })).toBeVisible();
  expect(foreign).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  for (const path of ["", "embed.html"]) {
    test(`says in both languages what is missing: ${path || "the page"}`, async ({ page }) => {
      await page.goto(`${host.origin}${SUB_PATH}${path}`);
      await expect(page.locator("noscript p")).toHaveText([/needs JavaScript/, /precisa de JavaScript/]);
    });
  }

  test("promises no way back that it does not know", async ({ page }) => {
    await page.goto(`${host.origin}${SUB_PATH}nowhere`);
    await expect(page.getByText("reward-scorer needs JavaScript.")).toBeVisible();
    await expect(page.getByText("O reward-scorer precisa de JavaScript.")).toBeVisible();
    await expect(page.getByRole("link")).toHaveText([
      "first page of this host",
      "primeira página deste servidor",
    ]);
  });
});

for (const path of ["nowhere", "no/such/place.html", "assets/"]) {
  test(`leads back from ${path}, where there is no page`, async ({ page }) => {
    const response = await page.goto(`${host.origin}${SUB_PATH}${path}`);
    expect(response!.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is no page at this address." })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Não há nenhuma página neste endereço." })).toBeVisible();
    const site = `${host.origin}${SUB_PATH}`;
    await expect
      .poll(() => page.evaluate(() => [...document.links].map(({ href }) => href)))
      .toEqual([site, site]);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    }
    await page.getByRole("link", { name: "Open reward-scorer" }).click();
    await expect(page).toHaveURL(site);
    await expect(prompt(page)).toBeVisible();
  });
}
