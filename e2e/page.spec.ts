import { expect, test } from "@playwright/test";
import {
  countMessages,
  expectScored,
  holdModel,
  openScored,
  prompt,
  responses,
  results,
  scoreButton,
  shownScore,
  slider,
  WASM_PAGE,
} from "./page";

const LONG = "Paris has been the capital of France for most of the last thousand years. ".repeat(60);

test("scores the example once the model is there, Paris above", async ({ page }) => {
  await openScored(page, "/");
  await expect(prompt(page)).toHaveValue("What is the capital of France?");
  await expect(slider(page)).toHaveValue("10");
  const paris = await shownScore(results(page).nth(0));
  const google = await shownScore(results(page).nth(1));
  expect(paris).toBeGreaterThan(google);
  await expect(page.getByText(/^Response 1 leads by \d/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^(WebGPU|WASM) · / })).toBeVisible();
});

test("marks a score as stale from the first edit until it is scored again", async ({ page }) => {
  await openScored(page);
  const before = await results(page).nth(1).innerText();
  await responses(page).nth(1).fill("It is Paris.");
  await expect(results(page).nth(1)).toContainText("for an earlier text");
  await expect(results(page).nth(0)).not.toContainText("for an earlier text");
  await scoreButton(page).click();
  await expectScored(page);
  expect(await results(page).nth(1).innerText()).not.toBe(before);
});

test("marks every score as stale when the prompt is edited, and none when the edit is undone", async ({
  page,
}) => {
  await openScored(page);
  await prompt(page).fill("What is the capital of Spain?");
  await expect(results(page).filter({ hasText: "for an earlier text" })).toHaveCount(2);
  await prompt(page).fill("What is the capital of France?");
  await expectScored(page);
});

test("keeps a score that arrives late with the text it was given for", async ({ page }) => {
  await openScored(page);
  await responses(page).nth(0).fill(LONG);
  await scoreButton(page).click();
  await responses(page).nth(0).fill("Something else.");
  await expect(results(page).nth(0)).toContainText("for an earlier text");
});

test("multiplies by alpha on the page, telling neither the worker nor the network", async ({ page }) => {
  await countMessages(page);
  await openScored(page);
  const scores = await Promise.all([0, 1].map((at) => shownScore(results(page).nth(at))));
  const bars = await page.locator("rect.bar").evaluateAll((rects) => rects.map((rect) => rect.outerHTML));
  const posted = await page.evaluate(() => window.posted);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));

  await slider(page).fill("5");
  for (const [at, score] of scores.entries()) {
    expect(await shownScore(results(page).nth(at))).toBeCloseTo(score / 2, 1);
  }
  await slider(page).press("ArrowRight");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "5.1");
  await page.getByLabel("α value").fill("0.125");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "0.125");
  expect(await shownScore(results(page).nth(0))).toBeCloseTo(scores[0]! / 80, 1);

  expect(await page.locator("rect.bar").evaluateAll((rects) => rects.map((rect) => rect.outerHTML))).toEqual(
    bars,
  );
  expect(await page.evaluate(() => window.posted)).toBe(posted);
  expect(requests).toEqual([]);
});

test("keeps the texts through a reload and offers the example again", async ({ page }) => {
  await openScored(page);
  await expect(page.getByText("Kept on this machine only.")).toBeVisible();
  await prompt(page).fill("Why is the sky blue?");
  await responses(page).nth(0).fill("Air scatters short waves more.");
  await page.reload();
  await expect(prompt(page)).toHaveValue("Why is the sky blue?");
  await expect(responses(page).nth(0)).toHaveValue("Air scatters short waves more.");
  await page.getByRole("button", { name: "Reset to the example" }).click();
  await expect(prompt(page)).toHaveValue("What is the capital of France?");
  await page.getByRole("button", { name: "Bring the earlier texts back" }).click();
  await expect(prompt(page)).toHaveValue("Why is the sky blue?");
});

test("brings a removed response back with its score, though something was typed since", async ({ page }) => {
  await countMessages(page);
  await openScored(page);
  const text = "Paris is where the government sits. ".repeat(20);
  await responses(page).nth(1).fill(text);
  await scoreButton(page).click();
  await expectScored(page);
  const posted = await page.evaluate(() => window.posted);
  const shown = await results(page).allInnerTexts();
  await page.getByRole("button", { name: "Remove response 2" }).click();
  await expect(responses(page)).toHaveCount(1);
  await prompt(page).fill("Where?");
  const back = page.getByRole("button", { name: "Bring the earlier texts back" });
  await back.click();
  await expect(responses(page).nth(1)).toHaveValue(text);
  expect(await results(page).allInnerTexts()).toEqual(shown);
  expect(await page.evaluate(() => window.posted)).toBe(posted);
  await back.click();
  await expect(prompt(page)).toHaveValue("Where?");
  await expect(responses(page)).toHaveCount(1);
});

test("offers the example though there are earlier texts", async ({ page }) => {
  await openScored(page);
  await page.getByRole("button", { name: "Remove response 2" }).click();
  await page.getByRole("button", { name: "Reset to the example" }).click();
  await expect(responses(page)).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Reset to the example" })).toHaveCount(0);
});

test("keeps the texts of each of two tabs through a reload", async ({ page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await holdModel(tab);
    await tab.goto(WASM_PAGE);
  }
  await prompt(page).fill("Why is the sky blue?");
  await prompt(other).fill("Why is grass green?");
  await page.reload();
  await expect(prompt(page)).toHaveValue("Why is the sky blue?");
  await page.getByRole("button", { name: "Reset to the example" }).click();
  await page.reload();
  await expect(prompt(page)).toHaveValue("What is the capital of France?");
  const next = await context.newPage();
  await holdModel(next);
  await prompt(other).fill("Why is snow white?");
  await next.goto(WASM_PAGE);
  await expect(prompt(next)).toHaveValue("Why is snow white?");
});

test("says where the model stopped reading", async ({ page }) => {
  await openScored(page);
  await responses(page).nth(0).fill(LONG);
  await scoreButton(page).click();
  await expectScored(page);
  await expect(page.getByText(/^the last \d+ tokens were not read$/)).toBeVisible();
  await expect(responses(page).nth(0)).toHaveAccessibleDescription(/tokens were not read/);
  const unread = page.locator(".unread");
  expect(LONG.endsWith((await unread.textContent())!)).toBe(true);
  await responses(page).nth(0).press("End");
  await page.keyboard.type("!");
  await expect(unread).toHaveCount(0);
});

test("lays out a right-to-left text from the right, and the line where reading stopped", async ({ page }) => {
  await openScored(page);
  const arabic = "باريس عاصمة فرنسا ".repeat(400);
  await responses(page).nth(0).fill(arabic);
  await scoreButton(page).click();
  await expectScored(page);
  const unread = page.locator(".unread");
  expect(arabic.endsWith((await unread.textContent())!)).toBe(true);
  await expect(unread).toHaveCSS("border-right-width", "2px");
  await expect(unread).toHaveCSS("border-left-width", "0px");
  const mirror = page.locator(".mirror").filter({ has: unread });
  for (const text of [responses(page).nth(0), mirror]) {
    await expect(text).toHaveCSS("direction", "rtl");
    await expect(text).toHaveCSS("unicode-bidi", "plaintext");
  }
  await expect(responses(page).nth(1)).toHaveCSS("direction", "ltr");
});

test("puts the best first when asked, and names each by the number it had", async ({ page }) => {
  await openScored(page);
  await page.getByRole("button", { name: "Add response" }).click();
  await page.keyboard.insertText("Paris is the capital of France.");
  await scoreButton(page).click();
  await expectScored(page);
  await page.getByRole("checkbox", { name: "Best first" }).check();
  const scores = [];
  for (const result of await results(page).all()) scores.push(await shownScore(result));
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  await page.getByRole("checkbox", { name: "Best first" }).uncheck();
  await expect(responses(page).nth(2)).toHaveValue("Paris is the capital of France.");
});

test("announces the whole result once, the winner named", async ({ page }) => {
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const watch = () => {
      const region = document.querySelector("rs-app")?.shadowRoot?.querySelector('[aria-live="polite"]');
      if (!region) return requestAnimationFrame(watch);
      new MutationObserver(() => {
        const text = region.textContent?.trim();
        if (text) said.push(text);
      }).observe(region, { childList: true, characterData: true, subtree: true });
    };
    watch();
  });
  await openScored(page);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { said: string[] }).said))
    .toEqual([
      expect.stringMatching(/^Response 1 is best: [+−]\d+\.\d\d\. Response 1 leads by \d+\.\d\d\.$/),
    ]);
});

test("takes the announced result back once it is not the one shown", async ({ page }) => {
  const region = page.locator('[aria-live="polite"]').filter({ hasText: "is best" });
  await openScored(page);
  await expect(region).toHaveCount(1);
  await slider(page).fill("3");
  await expect(region).toHaveCount(0);
  await scoreButton(page).click();
  await expect(region).toHaveCount(1);
  await responses(page).nth(1).fill("It is Paris.");
  await expect(region).toHaveCount(0);
});

test("scores nothing twice when asked again meanwhile, but what was edited", async ({ page }) => {
  await countMessages(page);
  const draft = { prompt: "Why?", responses: Array.from({ length: 150 }, (_, at) => `${at} ${LONG}`) };
  await page.addInitScript(
    (text) => localStorage.setItem("reward-scorer.draft", text),
    JSON.stringify(draft),
  );
  await page.goto(WASM_PAGE);
  const posted = () => page.evaluate(() => window.posted);
  await expect(page.getByText(/^Scored [1-9]\d* of 150$/)).toBeVisible();
  const before = await posted();
  await scoreButton(page).click();
  await expect(responses(page)).toHaveCount(draft.responses.length);
  await expectScored(page);
  expect(await posted()).toBe(before);

  await scoreButton(page).click();
  await expect(page.getByText(/^Scored [1-9]\d* of 150$/)).toBeVisible();
  await responses(page).nth(0).fill("Edited meanwhile.");
  await scoreButton(page).click();
  await expectScored(page);
  expect(await posted()).toBe(before + 2);
});

test("counts while it scores many, and stops when cancelled", async ({ page }) => {
  const draft = { prompt: "Why?", responses: Array.from({ length: 120 }, (_, at) => `${at} ${LONG}`) };
  await page.addInitScript(
    (text) => localStorage.setItem("reward-scorer.draft", text),
    JSON.stringify(draft),
  );
  await page.goto(WASM_PAGE);
  await expect(page.getByText(/^Scored [1-9]\d* of 120$/)).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText(/^Scored/)).toHaveCount(0);
  await expect(results(page).filter({ hasText: "not scored yet" })).toHaveCount(120);
  await expect(page.getByRole("button", { name: /^WASM · / })).toBeVisible();
});
