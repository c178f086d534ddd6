import { expect, type Page, test } from "@playwright/test";
import { holdModel, openScored, slider, WASM_PAGE } from "./page";

const field = (page: Page) => page.getByLabel("α value");
const portugueseField = (page: Page) => page.getByLabel("Valor de α");
const addressAlpha = (page: Page) => new URL(page.url()).searchParams.get("alpha");

test("takes an alpha with a comma or a point in Portuguese, in a browser set to English", async ({
  page,
}) => {
  await holdModel(page);
  await page.goto(`${WASM_PAGE}&lang=pt-BR`);
  const alpha = page.getByLabel("Alfa (α)");
  await expect(portugueseField(page)).toHaveValue("10");
  await portugueseField(page).press("ControlOrMeta+a");
  await page.keyboard.type("1,5");
  await expect(alpha).toHaveAttribute("aria-valuetext", "1,5");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("0.125");
  await expect(alpha).toHaveAttribute("aria-valuetext", "0,125");
  await page.keyboard.press("Tab");
  await expect(portugueseField(page)).toHaveValue("0,125");
  await page.getByRole("button", { name: "EN (English)" }).click();
  await expect(field(page)).toHaveValue("0.125");
});

test("leaves the alpha as it was when what is typed cannot be used", async ({ page }) => {
  await holdModel(page);
  await page.goto(WASM_PAGE);
  for (const text of ["25", "1o"]) {
    await field(page).press("ControlOrMeta+a");
    await page.keyboard.type(text);
    await expect(field(page)).toHaveAttribute("aria-invalid", "true");
    await page.keyboard.press("Tab");
    await expect(field(page)).toHaveValue("10");
    await expect(field(page)).toHaveAttribute("aria-invalid", "false");
    await expect(slider(page)).toHaveValue("10");
  }
});

test("keeps the alpha of the address at the one set on the page", async ({ page }) => {
  await holdModel(page);
  await page.goto(`${WASM_PAGE}&alpha=5`);
  await slider(page).fill("3");
  await expect.poll(() => addressAlpha(page)).toBe("3");
  await page.reload();
  await expect(slider(page)).toHaveValue("3");
  await page.goto(WASM_PAGE);
  await slider(page).fill("4");
  await expect(field(page)).toHaveValue("4");
  expect(addressAlpha(page)).toBeNull();
});

test("starts another model from its own alpha, after a reload too", async ({ page }) => {
  const models = ["demo", "bert-reward"].map((name) => ({ name, title: name }));
  await page.route("**/models/index.json", (route) => route.fulfill({ json: { models } }));
  await openScored(page, `${WASM_PAGE}&alpha=5`);
  await page.getByLabel("Model", { exact: true }).selectOption("bert-reward");
  await expect(slider(page)).toHaveValue("1");
  expect(addressAlpha(page)).toBeNull();
  await page.reload();
  await expect(slider(page)).toHaveValue("1");
});
