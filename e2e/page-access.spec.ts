import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import {
  expectScored,
  holdModel,
  missModel,
  openFile,
  openScored,
  prompt,
  responses,
  results,
  scoreButton,
  shownScore,
  slider,
  WASM_PAGE,
} from "./page";

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
  expect(found).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("is accessible with scores, current and stale", async ({ page }) => {
      await openScored(page);
      await responses(page).nth(0).fill("Paris. ".repeat(600));
      await page.keyboard.press("Control+Enter");
      await expectScored(page);
      await responses(page).nth(1).fill("Something else.");
      await expect(results(page).nth(1)).toContainText("for an earlier text");
      await expectAccessible(page);
    });

    test("is accessible while loading", async ({ page }) => {
      await holdModel(page);
      await page.goto(WASM_PAGE);
      await expect(page.getByRole("progressbar")).toBeVisible();
      await expectAccessible(page);
    });

    test("is accessible when loading failed", async ({ page }) => {
      await missModel(page);
      await page.goto(WASM_PAGE);
      await expect(page.getByRole("alert")).toBeVisible();
      await expectAccessible(page);
    });

    test("is accessible with the dialogs open", async ({ page }) => {
      await openScored(page);
      await page.getByRole("button", { name: "About this model" }).click();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByRole("button", { name: /^WASM/ }).click();
      await expectAccessible(page);
    });
  });
}

test("can be used with the keyboard alone", async ({ page }) => {
  await openScored(page);
  await prompt(page).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(responses(page).nth(0)).toBeFocused();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(responses(page).nth(1)).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(responses(page)).toHaveCount(3);
  await expect(responses(page).nth(2)).toBeFocused();
  await page.keyboard.type("Paris is the capital of France.");
  await page.keyboard.press("Control+Enter");
  await expectScored(page);
  await expect(responses(page).nth(2)).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(responses(page).nth(1)).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Remove response 2" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(responses(page)).toHaveCount(2);
  await expect(responses(page).nth(1)).toBeFocused();
  await expect(responses(page).nth(1)).toHaveValue("Paris is the capital of France.");
});

test("keeps the place of the focus when the button that had it goes", async ({ page }) => {
  await holdModel(page);
  await page.goto(WASM_PAGE);
  await page.getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("rs-model-strip")).toBeFocused();
  await expect(page.locator("rs-model-strip")).toContainText("The model was not loaded");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Load model" })).toBeFocused();
  await page.unroute("**/reward.json");
  await page.keyboard.press("Enter");
  await expect(page.locator("rs-model-strip")).toBeFocused();
  await expect(page.getByRole("button", { name: /^WASM · / })).toBeVisible();
  const rows = Array.from({ length: 60 }, (_, at) => ({
    prompt: "Count.",
    response: `${at} things `.repeat(300),
  }));
  await openFile(page, "long.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
  await page.getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("Enter");
  await expect(scoreButton(page)).toBeFocused();
});

test("keeps the focus beside an offer that is taken up", async ({ page }) => {
  await openScored(page, "/?device=wasm&alpha=2");
  await page.getByRole("button", { name: "Back to 10.0" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Back to 10.0" })).toHaveCount(0);
  await expect(slider(page)).toBeFocused();
  await openFile(page, "one.jsonl", JSON.stringify({ prompt: "Count.", response: "One." }));
  await page.getByRole("button", { name: "Reset to the example" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Reset to the example" })).toHaveCount(0);
  await expect(page.getByText("Kept on this machine only.")).toBeFocused();
});

test("keeps the focus in a response that moves", async ({ page }) => {
  await openScored(page);
  await page.getByRole("checkbox", { name: "Best first" }).check();
  const text = "Paris, the capital of France, is a major European city and a center for art and culture.";
  await responses(page).nth(1).fill(text);
  await responses(page).nth(0).fill("no");
  await page.keyboard.press("Control+Enter");
  await expectScored(page);
  await expect(responses(page).nth(1)).toHaveValue("no");
  await expect(responses(page).nth(1)).toBeFocused();
});

test("moves alpha in finer steps near 1", async ({ page }) => {
  await openScored(page, "/?device=wasm&alpha=1");
  await slider(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(slider(page)).toHaveValue("1.05");
  await page.keyboard.press("End");
  await expect(slider(page)).toHaveValue("20");
  await page.keyboard.press("ArrowLeft");
  await expect(slider(page)).toHaveValue("19.9");
});

test("needs no sideways scrolling on a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openScored(page);
  await prompt(page).fill("a".repeat(300));
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await slider(page).fill("20");
  await shownScore(results(page).first());
  expect(await overflow()).toBeLessThanOrEqual(0);
});

test("keeps the score button in sight below many responses, the focus clear of it", async ({ page }) => {
  await page.setViewportSize({ width: 1160, height: 560 });
  await openScored(page);
  await expect(scoreButton(page)).not.toBeInViewport();
  const rows = Array.from({ length: 40 }, (_, at) => ({
    prompt: "Count.",
    response: `${at}\n`.repeat(at + 1),
  }));
  await openFile(page, "many.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
  await expect(scoreButton(page)).toBeInViewport({ ratio: 1 });
  await expect(responses(page)).toHaveCount(40);
  await expectScored(page);
  await prompt(page).focus();
  for (let at = 0; at < 12; at++) {
    await page.keyboard.press("Alt+ArrowDown");
    await expect(responses(page).nth(at)).toBeFocused();
    const text = (await responses(page).nth(at).boundingBox())!;
    const row = (await page.locator("rs-pair-editor .actions").boundingBox())!;
    expect(text.y + text.height, `end of response ${at + 1}`).toBeLessThanOrEqual(row.y);
  }
  const scrolled = await page.evaluate(() => scrollY);
  await scoreButton(page).focus();
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  for (const [width, height] of [
    [1160, 450],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(scoreButton(page)).not.toBeInViewport();
  }
});

test("shows the backends within the screen, however low and narrow it is", async ({ page }) => {
  await openScored(page);
  const badge = page.getByRole("button", { name: /^WASM/ });
  for (const [width, height] of [
    [640, 300],
    [360, 400],
    [1160, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await badge.click();
    const { x, width: across } = (await page.locator("rs-backend-badge [popover]").boundingBox())!;
    expect(x, `left at ${width}`).toBeGreaterThanOrEqual(0);
    expect(x + across, `right at ${width}`).toBeLessThanOrEqual(width);
    await badge.click();
  }
});

test("prints a long response whole and no button to press", async ({ page }) => {
  await openScored(page);
  const lines = Array.from({ length: 40 }, (_, at) => `Line ${at + 1} of a long response.`);
  await responses(page).first().fill(lines.join("\n"));
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.emulateMedia({ media: "print" });
  expect(await paper()).toBe(light);
  await expect(page.getByRole("textbox", { name: /Prompt|Response/ })).toHaveCount(0);
  const printed = page.locator("rs-response-row .mirror").first();
  await expect(printed).toContainText("Line 40 of a long response.");
  const { cut, colour, height } = await printed.evaluate((text) => ({
    cut: text.scrollHeight - text.clientHeight,
    height: text.clientHeight,
    colour: getComputedStyle(text).color,
  }));
  expect(cut).toBe(0);
  expect(height).toBeGreaterThan(40 * 20);
  expect(colour).toBe(await page.locator("body").evaluate((body) => getComputedStyle(body).color));
  await expect(page.getByRole("button")).toHaveText([/^\s*WASM · /]);
});

test("keeps the colours chosen on it", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await openScored(page);
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByRole("button", { name: "Dark theme" }).click();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.reload();
  await expect(page.getByRole("button", { name: "Dark theme", pressed: true })).toBeVisible();
  expect(await paper()).toBe(dark);
});
