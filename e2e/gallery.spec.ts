import { readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { hearViolations } from "./security-page";

const GALLERY = "/embed-demo.html?device=wasm";

const door = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const frame = (page: Page) => page.frameLocator("iframe");

/** Press both buttons, and wait until every part has told its rewards. */
async function scoreAll(page: Page): Promise<void> {
  await door(page, "An element").getByRole("button", { name: "Load model" }).click();
  await frame(page).getByRole("button", { name: "Load model" }).click();
  await expectTold(page);
}

async function expectTold(page: Page): Promise<void> {
  await expect(door(page, "An element").getByRole("status")).toHaveCount(2);
  await expect(door(page, "A frame")).toContainText(/was told: \[-?\d\.\d+,-?\d\.\d+\]/);
  await expect(door(page, "Notebooks")).toContainText(/scorer\.score is -?\d\.\d+/);
  await expect(door(page, "Streamlit")).toContainText(/ran with \[-?\d\.\d+,-?\d\.\d+\]/);
}

test("shows each door at work that a page can be the host of, with the same scores", async ({ page }) => {
  await page.goto(GALLERY);
  await scoreAll(page);
  const told = async (name: string) =>
    JSON.parse(await door(page, name).locator("div p code").last().innerText()) as number[];
  const rewards = await told("A frame");
  expect(await told("Streamlit")).toEqual(rewards.map((reward) => 10 * reward));
  await expect(door(page, "Notebooks")).toContainText(`scorer.score is ${10 * rewards[0]!}`);

  await page.getByLabel("Response 1").fill("I do not know.");
  await page.getByLabel("Response 1").blur();
  await expect(door(page, "A frame")).not.toContainText(String(rewards[0]));
  await expectTold(page);
  const [changed, same] = await told("A frame");
  expect(changed).not.toBe(rewards[0]);
  expect(same).toBe(rewards[1]);
});

test.describe("in a browser that speaks Portuguese", () => {
  test.use({ locale: "pt-BR" });

  test("speaks English in its frame too", async ({ page }) => {
    await page.goto(GALLERY);
    await expect(frame(page).getByRole("button", { name: "Load model" })).toBeVisible();
  });
});

test("shows for each door what its how-to says to paste, and copies it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(GALLERY);
  const sections = page.getByRole("region");
  await expect(sections).toHaveCount(10);
  for (const section of await sections.all()) {
    const code = await section.locator("pre").innerText();
    const [, howTo] = /All of it: (\S+)/.exec(await section.innerText())!;
    expect(readFileSync(join(import.meta.dirname, "..", howTo!), "utf8")).toContain(`\n${code.trimEnd()}\n`);
  }
  await door(page, "Label Studio").getByRole("button", { name: "Copy" }).click();
  await expect(door(page, "Label Studio").getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(
    await door(page, "Label Studio")
      .locator("pre")
      .evaluate(({ textContent }) => textContent),
  );
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`is accessible in ${colorScheme} colours, and holds to its policy`, async ({ page }) => {
    const violations = await hearViolations(page);
    await page.emulateMedia({ colorScheme });
    await page.goto(GALLERY);
    await scoreAll(page);
    const axe = new AxeBuilder({ page });
    if (colorScheme === "dark") axe.exclude({ fromShadowDom: ["rs-gallery", "rs-gallery-frame", "iframe"] }); // see-through, which axe takes for white
    expect((await axe.analyze()).violations).toEqual([]);
    expect(await violations()).toEqual([]);
  });
}

test("needs no sideways scrolling on a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(GALLERY);
  await expect(door(page, "Files")).toBeVisible();
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  expect([scrollWidth, clientWidth]).toEqual([clientWidth, clientWidth]);
});
