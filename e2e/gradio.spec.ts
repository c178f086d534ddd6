import { expect, type Page, test } from "@playwright/test";
import { documentedCode } from "./documented";
import { buildHostPage, HOST_PAGES } from "./host-page";
import { hostOf, LIB } from "./library-site";
import type { GradioPage } from "./pages/gradio";
import { SCORE } from "./shown-score";
import { svelte } from "./svelte-plugin";

test.beforeAll(() => buildHostPage("gradio-app", "gradio.ts", [svelte()]));
const host = hostOf(LIB, HOST_PAGES);

type Value = Record<string, unknown>;

const PROMPT = "What is the capital of France?";
const ASKED = { prompt: PROMPT, response: "Google it pal.", device: "wasm" };
const EAGER = { ...ASKED, loading: "eager" };
const HOSTILE = `\${ran = 1} {{#with this}}\${ran = 1}{{/with}} </script><script>ran = 1</script> <img src=x onerror="ran = 1">`;
declare let app: GradioPage;
declare let ran: unknown;

const shown = (page: Page) => page.getByRole("status").filter({ hasText: SCORE });
const heard = (page: Page) => page.evaluate(() => app.heard);
const send = (page: Page, value: Value) => page.evaluate((value) => app.send(value), value);

/** The component with the how-to's own template and script. */
async function open(page: Page, value: unknown): Promise<void> {
  const python = documentedCode("gradio", "python", { origin: host.library });
  const [, template] = /^TEMPLATE = "(.*)"$/m.exec(python)!;
  const [, script] = /^SCORER = """\n(.*?)"""$/ms.exec(python)!;
  await host.open(page, `<script type="module" src="LIB/gradio-app.js"></script>`);
  await page.waitForFunction(() => "openGradio" in window);
  const options = { value, html_template: template, js_on_load: script };
  await page.evaluate((options) => {
    Object.assign(globalThis, { app: openGradio(options) });
  }, options);
}

/** What was submitted, once there are so many. */
async function submitted(page: Page, count: number): Promise<Value[]> {
  const values = async () =>
    (await heard(page)).filter(([type]) => type === "submit").map(([, value]) => value);
  await expect.poll(async () => (await values()).length).toBe(count);
  return values();
}

test("writes the score beside its texts, once the button is pressed", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await open(page, ASKED);
  const button = page.getByRole("button", { name: "Load model" });
  await expect(button).toBeVisible();
  expect(asked.filter((path) => /wasm|worker|models/.test(path))).toEqual([]);
  expect(await heard(page)).toEqual([]);
  await button.click();
  const [value] = await submitted(page, 1);
  await expect(shown(page)).toHaveCount(1);
  expect(value).toMatchObject({ ...ASKED, score: 10 * (value!.reward as number), error: null });
  expect(await heard(page)).toEqual([
    ["update_value", value],
    ["submit", value],
  ]);
});

test("scores a new value once, and the same value not again", async ({ page }) => {
  await open(page, EAGER);
  const [first] = await submitted(page, 1);
  await send(page, { ...EAGER, response: "Paris." });
  const [, second] = await submitted(page, 2);
  expect(second).toMatchObject({ response: "Paris.", score: expect.any(Number) });
  expect(second!.score).not.toBe(first!.score);
  await send(page, { ...second, note: "seen" });
  await send(page, { ...EAGER, alpha: 2 });
  const [, , third] = await submitted(page, 3);
  expect(third).toMatchObject({ alpha: 2, reward: first!.reward, score: 2 * (first!.reward as number) });
});

test("puts the score back where the same texts come without it", async ({ page }) => {
  await open(page, EAGER);
  const [first] = await submitted(page, 1);
  await send(page, EAGER);
  await expect.poll(async () => (await heard(page)).at(-1)).toEqual(["update_value", first]);
  expect(await submitted(page, 1)).toEqual([first]);
});

test("takes an older text's score out of a value at once", async ({ page }) => {
  await open(page, EAGER);
  const [first] = await submitted(page, 1);
  await send(page, { ...first, response: "Paris." });
  const [, second] = await submitted(page, 2);
  const updates = (await heard(page)).filter(([, value]) => value.response === "Paris.");
  expect(updates.map(([type, { score }]) => [type, score])).toEqual([
    ["update_value", first!.score], // Gradio's own echo of what the app sent
    ["update_value", null],
    ["update_value", second!.score],
    ["submit", second!.score],
  ]);
});

test("shows texts as they are, and runs nothing of them", async ({ page }) => {
  await open(page, { ...EAGER, prompt: HOSTILE, response: HOSTILE });
  const [value] = await submitted(page, 1);
  expect(value).toMatchObject({ prompt: HOSTILE, response: HOSTILE, score: expect.any(Number) });
  await expect(page.locator("blockquote")).toHaveText(HOSTILE);
  await expect(page.locator("blockquote *")).toHaveCount(0);
  expect(await page.evaluate(() => typeof ran)).toBe("undefined");
});

test("waits for a value, and tells an error by its code", async ({ page }) => {
  await open(page, "");
  await expect(page.getByRole("button", { name: "Load model" })).toBeVisible();
  await send(page, { ...EAGER, model: `${host.library}/models/none` });
  const [value] = await submitted(page, 1);
  expect(value).toMatchObject({ score: null, error: expect.stringMatching(/^model-not-found: /) });
});
