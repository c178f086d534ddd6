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

async function start(page: Page, rounds: number): Promise<void> {
  await page.goto(`${server.origin}/index.html`);
  await page.getByLabel("Rounds").fill(String(rounds));
  await page.getByLabel("Pairs of mixed lengths").fill("4");
  await page.getByRole("button", { name: "Measure" }).click();
}

test("measures both engines here and copies the numbers that it shows", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await start(page, 1);
  await expect(page.getByRole("status")).toHaveText("Done", { timeout: 60_000 });
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(4);
  await page.getByRole("button", { name: "Copy results" }).click();
  await expect(page.getByRole("status")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const row of await rows.all()) {
    const cells = await row.locator("th, td").allInnerTexts();
    expect(copied).toContain(`| ${cells.join(" | ")} |`);
    const [ours, theirs, ratio] = cells.slice(1).map(Number) as [number, number, number];
    expect(Math.min(ours, theirs)).toBeGreaterThan(0);
    expect(ratio).toBeCloseTo(ours / theirs, 1);
  }
  expect(copied).toContain(await page.evaluate(() => navigator.userAgent));
  expect(copied).toMatch(/^- wasm: ours q8, theirs q8, (\d) and \1 threads$/m);
  expect(copied).toMatch(/^- GPU: google swiftshader/m);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});

test("stops when it is told to, and can start again", async ({ page }) => {
  await start(page, 100);
  await expect(page.getByRole("status")).toHaveText(/^wasm: one pair/, { timeout: 60_000 });
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("status")).toHaveText("Cancelled");
  await expect(page.getByRole("button", { name: "Measure" })).toBeEnabled();
  await expect(page.getByRole("button", { name: "Cancel" })).toBeDisabled();
});
