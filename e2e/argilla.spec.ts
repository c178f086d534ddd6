import { expect, type Page, test } from "@playwright/test";
import type { RewardScorer } from "../src/ui/index";
import { readFixturePairs } from "../test/fixture";
import { type ArgillaPage, type ArgillaRecord, argillaPage, argillaRecord } from "./argilla-page";
import { documentedCode } from "./documented";
import { SITE } from "./frame-host";
import { hostOf } from "./library-site";
import { SCORE } from "./shown-score";

declare const tool: ArgillaPage;

const host = hostOf(SITE);

const GOOD = readFixturePairs("demo")[0]!.response;
const PROMPT = "What is the capital of France?";
const HARD = [
  "Cost: $$5, $& and $' and $`",
  "</script><script>top.broken = 1</script>",
  '<img src=x onerror="top.broken = 2"><iframe srcdoc="<script>top.broken = 3</script>">',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to look like one
  "#RECORD_OBJECT# #TEMPLATE# ${top.broken}\r\n\t\u2028 \ufeffé é \u{1f600}",
];

const encoded = (text: string) => Buffer.from(text).toString("base64");
const record = (id: string, prompt: string, responses: readonly string[], more = {}) =>
  argillaRecord(id, { reward: { prompt: encoded(prompt), responses: responses.map(encoded) }, ...more });

const open = (page: Page) =>
  host.open(page, argillaPage(documentedCode("argilla", "html", { origin: host.library })));
const show = (page: Page, record: ArgillaRecord) => page.evaluate((record) => tool.show(record), record);
const field = (page: Page) => page.frameLocator("iframe[title=field]");
const widget = (page: Page) => field(page).frameLocator("iframe[title=Rewards]");
const press = (page: Page) =>
  widget(page)
    .getByRole("button", { name: /^Load model/ })
    .click();

/** Every file asked for from now on, but for pages, scripts and styles. */
function hearFiles(page: Page): string[] {
  const files: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (/\.zstd$|\.onnx|\.json$|worker/.test(pathname)) files.push(pathname);
  });
  return files;
}

async function expectScores(page: Page, count: number): Promise<string[]> {
  const scores = widget(page).getByRole("status").filter({ hasText: SCORE });
  await expect(scores).toHaveCount(count);
  return scores.allInnerTexts();
}

test("downloads nothing before a press, and then one model for three records", async ({ page }) => {
  const files = hearFiles(page);
  await open(page);
  await show(page, record("1", PROMPT, [GOOD, "Google it pal."]));
  await expect(widget(page).getByRole("button", { name: /^Load model/ })).toBeVisible();
  expect(files.filter((path) => !path.endsWith("/models/index.json"))).toEqual([]);
  await press(page);
  const first = await expectScores(page, 2);
  const loaded = files.filter((path) => /wasm|onnx|reward\.json/.test(path));
  expect(loaded).not.toEqual([]);
  await show(page, record("2", PROMPT, ["Google it pal."]));
  expect(await expectScores(page, 1)).toEqual([first[1]]);
  await show(page, record("3", PROMPT, ["Google it pal.", GOOD]));
  expect(await expectScores(page, 2)).toEqual([...first].reverse());
  expect(files.filter((path) => /wasm|onnx|reward\.json/.test(path))).toEqual(loaded);
  expect(page.workers()).toHaveLength(1);
});

/** The second record asks for the model, the third finds it. */
async function expectOnePress(page: Page): Promise<void> {
  await show(page, record("2", PROMPT, [GOOD]));
  await press(page);
  await expectScores(page, 1);
  await show(page, record("3", PROMPT, ["Google it pal."]));
  await expectScores(page, 1);
  expect(page.workers()).toHaveLength(1);
}

test("keeps the model also when the first record is left at once", async ({ page }) => {
  await open(page);
  await show(page, record("1", PROMPT, ["Another."]));
  await expectOnePress(page);
});

test("keeps the model also when the network was away at the first record", async ({ page }) => {
  const failed: string[] = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  await page.route(`${host.library}/**`, (route) => route.abort("internetdisconnected"));
  await open(page);
  await show(page, record("1", PROMPT, ["Another."]));
  await expect
    .poll(() => failed)
    .toEqual(["", "?device=wasm"].map((query) => `${host.library}/embed.html${query}`));
  await page.unroute(`${host.library}/**`);
  await expectOnePress(page);
});

test("gives the model exactly the texts that were stored, and no markup of theirs to the page", async ({
  page,
}) => {
  await open(page);
  await show(page, record("1", HARD.join(" "), HARD));
  await expect(field(page).getByRole("listitem")).toHaveCount(HARD.length);
  await press(page);
  await expectScores(page, HARD.length);
  const read = await widget(page)
    .locator("reward-scorer")
    .evaluate(({ prompt, responses }: RewardScorer) => [prompt, responses] as const);
  expect(read).toEqual([HARD.join(" "), HARD]);
  const shown = await field(page)
    .locator("li")
    .evaluateAll((items) => items.map((item) => item.textContent));
  expect(shown).toEqual(HARD);
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
  await expect(field(page).locator("li > *, img")).toHaveCount(0);
});

test("grows with the scores, so that none is cut off", async ({ page }) => {
  await open(page);
  const responses = Array.from({ length: 12 }, (_, at) => `Answer ${at}.`);
  await show(page, record("1", PROMPT, responses));
  await expect(widget(page).getByRole("button", { name: /^Load model/ })).toBeVisible();
  const frame = page.locator("iframe[title=field]");
  const before = (await frame.boundingBox())!.height;
  await press(page);
  await expectScores(page, 12);
  const cutOff = () =>
    field(page)
      .locator("html")
      .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  await expect.poll(cutOff).toBe(0);
  expect((await frame.boundingBox())!.height).toBeGreaterThan(before + 200);
  await page.setViewportSize({ width: 1280, height: 1600 });
  await expect(widget(page).getByRole("status").last()).toBeInViewport({ ratio: 1 });
});

test("says that a record cannot be read, rather than scoring another text", async ({ page }) => {
  await open(page);
  await show(page, record("1", PROMPT, [GOOD], { other: "broken </script>" }));
  await expect(field(page).getByText("breaks Argilla's page: no score.")).toBeVisible();
  await expect(field(page).locator("iframe")).toHaveCount(0);
});
