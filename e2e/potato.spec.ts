import { expect, type Page, test } from "@playwright/test";
import type { ScoredDetail } from "../src/ui/reward-scorer";
import { readFixturePairs } from "../test/fixture";
import { documentedCode } from "./documented";
import { endsOnScore, HARDWARE_GPU, patchWorker } from "./engine-page";
import { hostOf, LIB } from "./library-site";
import { type PotatoPage, potatoPage } from "./potato-page";
import { SCORE } from "./shown-score";

declare const tool: PotatoPage;

const host = hostOf(LIB);

const GOOD = readFixturePairs("demo")[0]!.response;
const RECORD = {
  id: "1",
  prompt: "What is the capital of France?",
  responses: ["Google it pal.", GOOD],
};

/** Open an item with the how-to's layout, and with other settings than its where told. */
async function open(page: Page, record: Record<string, unknown> = RECORD, settings = 'schema: "preference"') {
  const layout = documentedCode("potato", "html", { origin: host.library }).replace(
    'schema: "preference"',
    settings,
  );
  await host.open(page, potatoPage({ record, layout }));
}

const load = (page: Page) => page.getByRole("button", { name: "Load model" }).click();
const scores = (page: Page) => page.getByRole("status").filter({ hasText: SCORE });
const choose = (page: Page, label: string) =>
  page.getByRole("button", { name: `Choose the highest: ${label}` });
const read = (page: Page) =>
  page.evaluate(() => {
    const { prompt, responses } = document.querySelector("reward-scorer-responses")!;
    return { prompt, responses: responses.map(({ text }) => text) };
  });

test("shows a score for each response after a press, and answers only after another", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(page);
  await expect(page.getByRole("button", { name: "Load model" })).toBeVisible();
  expect(asked.filter((path) => /wasm|worker|models/.test(path))).toEqual([]);
  await load(page);
  await expect(scores(page)).toHaveCount(2);
  await expect(page.getByRole("listitem")).toHaveText([/^\s*A\s/, /^\s*B\s/]);
  await expect(choose(page, "B")).toBeVisible();
  expect(await page.evaluate(() => tool.answers)).toEqual({});
  await choose(page, "B").click();
  expect(await page.evaluate(() => tool.answers)).toEqual({ preference: { selection: "B" } });
  await expect(page.getByRole("radio", { name: "B", checked: true })).toBeVisible();
  expect(await page.evaluate(() => tool.registered)).toEqual([]); // a tile is no input
});

test("answers by a radio button, and registers it", async ({ page }) => {
  await open(page, RECORD, 'schema: "best", answers: ["First", "Second"]');
  await load(page);
  await choose(page, "Second").click();
  await expect(page.getByRole("radio", { name: "Second" })).toBeChecked();
  expect(await page.evaluate(() => tool)).toEqual({
    answers: { best: { Second: "Second" } },
    registered: ["Second"],
  });
});

test("finds a radio button by its label where the scheme binds keys", async ({ page }) => {
  await open(page, RECORD, 'schema: "keyed", answers: ["2", "1"]');
  await load(page);
  await choose(page, "1").click();
  await expect(page.getByRole("radio", { name: "1" })).toBeChecked();
  expect(await page.evaluate(() => tool.answers)).toEqual({ keyed: { 1: "2" } });
});

test("scores all responses anew where one of them took the engine to another backend", async ({ page }) => {
  await patchWorker(page, HARDWARE_GPU);
  await patchWorker(page, `${HARDWARE_GPU}; ${endsOnScore("Die.")}`, 2);
  const layout = documentedCode("potato", "html", { origin: host.library }).replace(
    'device: "wasm"',
    'device: "auto"',
  );
  await host.open(page, potatoPage({ record: { ...RECORD, responses: [GOOD, "Die."] }, layout }));
  const backends = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const told: string[] = [];
        const element = document.querySelector("reward-scorer-responses")!;
        element.addEventListener("scored", () => resolve(told));
        element.renderRoot.addEventListener("score", (event) => {
          told.push((event as CustomEvent<ScoredDetail>).detail.model.executionProvider);
        });
      }),
  );
  await load(page);
  expect(await backends).toEqual(["webgpu", "wasm", "wasm"]);
  await expect(choose(page, "A")).toBeVisible();
});

test("needs one press for all the items of a tab, and no second download", async ({ page }) => {
  const weights: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (/\.zstd$|\.onnx/.test(pathname)) weights.push(pathname);
  });
  await open(page);
  await load(page);
  await expect(scores(page)).toHaveCount(2);
  const first = await scores(page).allInnerTexts();
  const once = [...weights];
  expect(once).not.toEqual([]);
  await open(page, { ...RECORD, id: "2", responses: [...RECORD.responses].reverse() });
  await expect(scores(page)).toHaveCount(2);
  expect(await scores(page).allInnerTexts()).toEqual(first.reverse());
  await expect(choose(page, "A")).toBeVisible();
  expect(weights).toEqual(once);
});

test("only shows scores where it is given no scheme", async ({ page }) => {
  await open(page, RECORD, "alpha: 2");
  await load(page);
  await expect(scores(page)).toHaveCount(2);
  await expect(page.getByRole("button")).toHaveCount(0);
});

test("takes one response, and responses with a text", async ({ page }) => {
  await open(page, { ...RECORD, responses: GOOD }, "alpha: 10");
  await load(page);
  await expect(scores(page)).toHaveCount(1);
  const alone = await scores(page).innerText();
  await open(page, { ...RECORD, responses: [{ text: GOOD }, { text: "Berlin." }] });
  await expect(scores(page)).toHaveCount(2);
  expect(await scores(page).first().innerText()).toBe(alone);
});

test("reads markup as the text it is", async ({ page }) => {
  const text = `<img src=x onerror="window.broken=1">\r\n</script>{{ 1 }}{% raw %}&amp;"'\u2028\u{1f600}`;
  await open(page, { ...RECORD, prompt: text, responses: [text, "-"] });
  await load(page);
  await expect(scores(page)).toHaveCount(2);
  expect(await read(page)).toEqual({ prompt: text, responses: [text, "-"] });
  expect(await page.evaluate(() => (window as { broken?: number }).broken)).toBeUndefined();
});

test("says what an item or its scheme lacks", async ({ page }) => {
  await open(page, { id: "1", responses: RECORD.responses });
  await expect(page.getByRole("alert")).toHaveText('item: expected a string in "prompt", got undefined');
  await open(page, { ...RECORD, responses: ["a", 5] });
  await expect(page.getByRole("alert")).toHaveText('item: expected a string in "responses[1]", got number');
  await open(page, RECORD, 'schema: "prefrence"');
  await expect(page.getByRole("alert")).toHaveText(
    'scheme "prefrence": expected an answer "A" on the page, found none',
  );
  await expect(scores(page)).toHaveCount(0);
});
