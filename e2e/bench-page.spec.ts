import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { LimitedServer } from "../bench/peers/limited-server";
import { MODELS, makeDemoModels } from "../bench/peers/models";

let server: LimitedServer;

test.beforeAll(async () => {
  await makeDemoModels();
  await build({ configFile: join(import.meta.dirname, "../bench/vite.config.ts"), logLevel: "error" });
  server = await LimitedServer.start(".cache/peers/site", join(MODELS, ".."));
});

test.afterAll(() => server[Symbol.dispose]());

test.beforeEach(async ({ page }) => {
  await page.goto(`${server.origin}/index.html`);
});

async function start(page: Page, rounds: number): Promise<void> {
  await page.getByLabel("Rounds").fill(String(rounds));
  await page.getByLabel("Pairs of mixed lengths").fill("4");
  await page.getByRole("button", { name: "Measure" }).click();
}

test("measures both engines here and copies the numbers that it shows", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await start(page, 1);
  await expect(page.getByRole("status")).toHaveText("Done", { timeout: 60_000 });
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(6);
  const copied = await copyResults(page);
  for (const row of await rows.all()) {
    const cells = await row.locator("th, td").allInnerTexts();
    expect(copied).toContain(`| ${cells.join(" | ")} |`);
    const [ours, theirs, ratio] = cells.slice(1).map(Number) as [number, number, number];
    expect(Math.min(ours, theirs)).toBeGreaterThan(0);
    expect(ratio).toBeCloseTo(ours / theirs, 1);
  }
  for (const line of await page.getByRole("list", { name: "Measured with" }).locator("li").allInnerTexts()) {
    expect(copied).toContain(`- ${line}\n`);
  }
  expect(copied).toContain(await page.evaluate(() => navigator.userAgent));
  expect(copied).toMatch(/^- wasm: ours q8, (\d) threads\n- wasm: theirs q8, \1 threads$/m);
  expect(copied).toMatch(/, theirs in batches of (1|8|32) \| /);
  expect(copied).toMatch(/^- GPU: google swiftshader/m);
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  }
});

for (const [side, other, file, column] of [
  ["ours", "theirs", "ours/reward.json", 1],
  ["theirs", "ours", "theirs/onnx/model_quantized.onnx", 2],
] as const) {
  test(`tells why ${side} does not run, and measures ${other} alone`, async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await context.route(`**/models/demo/${file}`, (route) => route.fulfill({ status: 404 }));
    await start(page, 1);
    await expect(page.getByRole("status")).toHaveText("Done", { timeout: 60_000 });
    const copied = await copyResults(page);
    const name = file.split("/").at(-1)!;
    expect(copied).toMatch(new RegExp(`^- wasm: ${side} does not run: .*${name}`, "m"));
    const cells = await page
      .getByRole("row", { name: /one pair of 64/ })
      .locator("th, td")
      .allInnerTexts();
    expect(cells[column]).toBe("–");
    expect(cells[3]).toBe("–");
    expect(Number(cells[3 - column])).toBeGreaterThan(0);
    await expect.poll(() => page.workers().length).toBe(0);
  });
}

test("stops when it is told to, and can start again", async ({ page }) => {
  await start(page, 100);
  await expect(page.getByRole("status")).toHaveText(/^wasm: one pair/, { timeout: 60_000 });
  await cancel(page);
  await start(page, 1);
  await expect(page.getByRole("status")).toHaveText("Done", { timeout: 60_000 });
});

test("stops in a load that never ends", async ({ page, context }) => {
  await context.route("**/models/demo/theirs/onnx/**", () => undefined);
  const asked = page.waitForRequest("**/models/demo/theirs/onnx/**");
  await start(page, 1);
  await asked;
  await cancel(page);
});

async function cancel(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("status")).toHaveText("Cancelled");
  await expect(page.getByRole("button", { name: "Measure" })).toBeEnabled();
  await expect(page.getByRole("button", { name: "Cancel" })).toBeDisabled();
  await expect(page.getByRole("list", { name: "Measured with" })).toContainText("not finished: Cancelled");
  await expect.poll(() => page.workers().length).toBe(0);
}

async function copyResults(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Copy results" }).click();
  await expect(page.getByRole("status")).toHaveText("Copied");
  return page.evaluate(() => navigator.clipboard.readText());
}
