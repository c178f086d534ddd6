import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import {
  expectScored,
  openFile,
  openScored,
  prompt,
  responses,
  results,
  scoreButton,
  shownScore,
  slider,
} from "./page";

const PAYLOAD = '=HYPERLINK("https://evil.example","click")';

interface Saved {
  name: string;
  text: string;
}

async function save(page: Page, button: string): Promise<Saved> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

const open = (page: Page, { name, text }: Saved) => openFile(page, name, text);

const CASES = [
  { button: "Save as CSV", name: /^demo-\d{4}-\d\d-\d\d\.csv$/ },
  { button: "Save as JSON Lines", name: /^demo-\d{4}-\d\d-\d\d\.jsonl$/ },
];

for (const { button, name } of CASES) {
  test(`gives the same rewards again from its own file: ${button}`, async ({ page }) => {
    await openScored(page, "/?device=wasm&alpha=2.5");
    await responses(page).nth(1).fill(`${PAYLOAD}\r\n"quoted"`);
    await scoreButton(page).click();
    await expectScored(page);
    const shown = await results(page).allInnerTexts();
    const texts = await Promise.all((await responses(page).all()).map((text) => text.inputValue()));
    const saved = await save(page, button);
    expect(saved.name).toMatch(name);
    await page.evaluate(() => localStorage.clear());
    await openScored(page);
    await prompt(page).fill("Something else?");
    await open(page, saved);
    await expectScored(page);
    await expect(
      page.getByText(
        `Opened 2 responses of ${saved.name}. All 2 rewards in the file are the ones given here.`,
      ),
    ).toBeVisible();
    expect(await results(page).allInnerTexts()).toEqual(shown);
    for (const [at, text] of texts.entries()) await expect(responses(page).nth(at)).toHaveValue(text);
    await expect(slider(page)).toHaveValue("2.5");
    await page.getByRole("button", { name: "Bring the earlier texts back" }).click();
    await expect(prompt(page)).toHaveValue("Something else?");
  });
}

test.describe("late in Brazil, where it is tomorrow in Greenwich", () => {
  test.use({ timezoneId: "America/Sao_Paulo" });

  test("names a file by the person's own day", async ({ page }) => {
    await page.clock.setFixedTime("2026-03-05T23:30:00-03:00");
    await openScored(page);
    expect((await save(page, "Save as CSV")).name).toBe("demo-2026-03-05.csv");
  });
});

test("opens a list of pairs as programs write them", async ({ page }) => {
  await openScored(page);
  const pairs = ["Blue.", "Green."].map((response) => ({ prompt: "Name a colour.", response }));
  await open(page, { name: "list.json", text: JSON.stringify([...pairs, { prompt: "x" }], undefined, 2) });
  await expect(page.getByText("Opened 2 responses of list.json.")).toBeVisible();
  await expect(page.getByText(/^item 3: expected an object with prompt and response/)).toBeVisible();
  await expectScored(page);
  await expect(responses(page).nth(1)).toHaveValue("Green.");
});

test("opens no list in which a text would be lost", async ({ page }) => {
  await openScored(page);
  const text = '[{ "prompt": "p", "response": "a", "response": "b" }]';
  await open(page, { name: "list.json", text });
  await expect(
    page.getByText('file: expected rows, found JSON in which "response" is listed twice'),
  ).toBeVisible();
});

test("tells of a file of another kind in a few lines", async ({ page }) => {
  await openScored(page);
  await open(page, { name: "notes.jsonl", text: "not a row\n".repeat(50_000) });
  await expect(page.getByText(/^line \d+: expected an object/)).toHaveCount(20);
  await expect(page.getByText("not readable either: 49,980 rows are not shown")).toBeVisible();
});

test("keeps what it said of an opened file's rewards while its texts are edited", async ({ page }) => {
  await openScored(page);
  const saved = await save(page, "Save as JSON Lines");
  await open(page, saved);
  const reproduced = page.getByText("All 2 rewards in the file are the ones given here.");
  await expect(reproduced).toBeVisible();
  await responses(page).nth(1).press("End");
  await page.keyboard.type("!");
  await expect(results(page).nth(1)).toContainText("for an earlier text");
  await expect(reproduced).toBeVisible();
  await scoreButton(page).click();
  await expectScored(page);
  await expect(reproduced).toBeVisible();
});

test("compares the rewards of an opened file anew with another model", async ({ page }) => {
  const models = [
    { name: "demo", title: "Demo" },
    { name: "bert-reward", title: "Another" },
  ];
  await page.route("**/models/index.json", (route) => route.fulfill({ json: { models } }));
  await openScored(page);
  await open(page, await save(page, "Save as JSON Lines"));
  await expect(page.getByText("All 2 rewards in the file are the ones given here.")).toBeVisible();
  await page.getByLabel("Model", { exact: true }).selectOption("Another");
  await expect(page.getByText(/rewards of another model/)).toBeVisible();
  await expect(page.getByText("All 2 rewards")).toHaveCount(0);
});

test("draws every response of a long file, and every score anew at another alpha", async ({ page }) => {
  await openScored(page, "/?device=wasm&alpha=2");
  const rows = Array.from({ length: 120 }, (_, at) => ({ prompt: "Count.", response: `${at} things` }));
  const text = rows.map((row) => JSON.stringify(row)).join("\n");
  await open(page, { name: "long.jsonl", text });
  await expect(responses(page)).toHaveCount(rows.length);
  await expectScored(page);
  await expect(responses(page).last()).toHaveValue("119 things");
  const before = await shownScore(results(page).last());
  await page.getByLabel("α value").fill("20");
  await expect.poll(async () => (await shownScore(results(page).last())) / before).toBeCloseTo(10, 0);
});

test("tells above a long file's responses what of it is not shown", async ({ page }) => {
  await openScored(page);
  const rows = Array.from({ length: 60 }, (_, at) => ({ prompt: "Count.", response: `${at} things` }));
  const lines = [...rows, { prompt: "Another." }, { prompt: "Another.", response: "One." }];
  await open(page, { name: "long.jsonl", text: lines.map((row) => JSON.stringify(row)).join("\n") });
  await expect(responses(page)).toHaveCount(rows.length);
  await expectScored(page);
  await expect(page.getByText("Opened 60 responses of long.jsonl.")).toBeInViewport();
  await expect(page.getByText(/^line 61: expected an object/)).toBeInViewport();
  await expect(page.getByText("another prompt: 1 row is not shown")).toBeInViewport();
});

test("tells beside the button of a file that gave nothing", async ({ page }) => {
  await openScored(page);
  await open(page, { name: "notes.txt", text: "Notes." });
  const told = page.getByText("Opened 0 responses of notes.txt.");
  const { y } = (await told.boundingBox())!;
  const button = (await page.getByRole("button", { name: "Open a file" }).boundingBox())!;
  expect(y - button.y).toBeLessThan(60);
  await expect(told).toHaveCount(1);
});

test("brings texts and alpha back, and scores the file no further", async ({ page }) => {
  await openScored(page);
  const rows = Array.from({ length: 300 }, (_, at) => ({
    prompt: "Count.",
    response: `${at} things `.repeat(300),
    reward: 0.5,
    alpha: 2,
    score: 1,
    tokens: 9,
    truncated: false,
    model: "demo",
    repository: "demo",
    revision: "1",
    dtype: "q8",
    backend: "wasm",
  }));
  await open(page, { name: "long.jsonl", text: rows.map((row) => JSON.stringify(row)).join("\n") });
  await expect(slider(page)).toHaveValue("2");
  await expect(page.getByText(/^Scored [1-9]\d* of 300$/)).toBeVisible();
  await page.getByRole("button", { name: "Bring the earlier texts back" }).click();
  await expect(responses(page)).toHaveCount(2);
  await expect(slider(page)).toHaveValue("10");
  expect(await page.getByText(/ of 300$/).count()).toBe(0);
  await expectScored(page);
});

test("keeps an alpha set since a file was opened when its texts go", async ({ page }) => {
  await openScored(page);
  const saved = await save(page, "Save as JSON Lines");
  await prompt(page).fill("Something else?");
  await open(page, { ...saved, text: saved.text.replaceAll('"alpha":10', '"alpha":2') });
  await expect(slider(page)).toHaveValue("2");
  await slider(page).fill("3");
  await page.getByRole("button", { name: "Bring the earlier texts back" }).click();
  await expect(prompt(page)).toHaveValue("Something else?");
  await expect(slider(page)).toHaveValue("3");
});

test("brings back what stood before a file though a row of it was edited and one removed", async ({
  page,
}) => {
  await openScored(page);
  await prompt(page).fill("Something else?");
  const rows = ["Blue.", "Green.", "Red."].map((response) => ({ prompt: "Name a colour.", response }));
  await open(page, { name: "list.json", text: JSON.stringify(rows) });
  await expect(page.getByText("Opened 3 responses of list.json.")).toBeVisible();
  await responses(page).nth(0).fill("Blue, edited.");
  await page.getByRole("button", { name: "Remove response 2" }).click();
  await expect(responses(page)).toHaveCount(2);
  const back = page.getByRole("button", { name: "Bring the earlier texts back" });
  await back.click();
  await expect(responses(page).nth(1)).toHaveValue("Green.");
  await expect(page.getByText("Opened 3 responses of list.json.")).toBeVisible();
  await back.click();
  await expect(prompt(page)).toHaveValue("Something else?");
  await expect(page.getByText("Opened 3 responses of list.json.")).toHaveCount(0);
  await back.click();
  await expect(responses(page)).toHaveCount(2);
  await expect(responses(page).nth(0)).toHaveValue("Blue, edited.");
});

test("lays out a long file's last response when somebody comes to it", async ({ page }) => {
  await openScored(page, "/?device=wasm");
  const rows = Array.from({ length: 120 }, (_, at) => ({ prompt: "Count.", response: `${at} things` }));
  await open(page, { name: "long.jsonl", text: rows.map((row) => JSON.stringify(row)).join("\n") });
  await expect(responses(page)).toHaveCount(rows.length);
  await expectScored(page);
  const last = responses(page).last();
  const laidOut = () => last.evaluate((text) => text.checkVisibility({ contentVisibilityAuto: true }));
  expect(await laidOut()).toBe(false);
  await last.focus();
  await expect(last).toBeInViewport();
  await expect.poll(laidOut).toBe(true);
  await last.fill("Something else.");
  await expect(results(page).last()).toContainText("for an earlier text");
});

test("says how every number was made, and lets no text run as a formula", async ({ page }) => {
  await openScored(page);
  await responses(page).nth(1).fill(PAYLOAD);
  await scoreButton(page).click();
  await expectScored(page);
  const { text } = await save(page, "Save as JSON Lines");
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows[1]).toMatchObject({
    prompt: "What is the capital of France?",
    response: PAYLOAD,
    alpha: 10,
    score: 10 * rows[1].reward,
    truncated: false,
    model: "demo",
    revision: expect.stringMatching(/^sha256-[0-9a-f]{12}$/),
    dtype: "q8",
    backend: "wasm",
  });
  const csv = (await save(page, "Save as CSV")).text;
  expect(csv).toContain(`,"'=HYPERLINK(""https://evil.example"",""click"")",${rows[1].reward},`);
});

test("tells when the rewards of a file are not the ones given here", async ({ page }) => {
  await openScored(page);
  const saved = await save(page, "Save as JSON Lines");
  const [first, second] = saved.text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const changed = {
    ...saved,
    text: [{ ...first, reward: first.reward + 0.25 }, second].map((row) => JSON.stringify(row)).join("\n"),
  };
  await open(page, changed);
  await expect(
    page.getByText(/The 2 rewards in the file differ from those given here by up to 0\.25\./),
  ).toBeVisible();
  for (const other of [{ model: "another" }, { revision: "" }, { dtype: "w8" }]) {
    await open(page, saved);
    await expect(page.getByText(/All 2 rewards in the file/)).toBeVisible();
    await open(page, { ...saved, text: JSON.stringify({ ...first, ...other }) });
    await expect(
      page.getByText(/rewards of another model, or of this one in another precision/),
    ).toBeVisible();
  }
});

test("reports bad rows of a file by line, as text, and opens the rest", async ({ page }) => {
  await openScored(page);
  const markup = "<img src=x onerror=window.broken=1>";
  await open(page, { name: `${markup}.jsonl`, text: `{"prompt":"Why?","response":"Because."}\n${markup}\n` });
  await expectScored(page);
  await expect(responses(page)).toHaveCount(1);
  await expect(page.getByText(/^line 2: .*found text that is not JSON: "<img/)).toBeVisible();
  await expect(page.locator("img")).toHaveCount(0);
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
});

test("saves only what is scored for the texts on the page", async ({ page }) => {
  await openScored(page);
  await responses(page).nth(1).fill("Edited since.");
  const { text } = await save(page, "Save as JSON Lines");
  expect(text.trimEnd().split("\n")).toHaveLength(1);
  await prompt(page).fill("Edited since.");
  await expect(page.getByRole("button", { name: "Save as CSV" })).toBeDisabled();
});
