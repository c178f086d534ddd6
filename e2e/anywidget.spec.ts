import type { AnyWidget } from "@anywidget/types";
import { expect, type Page, test } from "@playwright/test";
import type door from "../src/embed/anywidget";
import { documentedCode } from "./documented";
import { buildHostPage, HOST_PAGES } from "./host-page";
import { hostOf, LIB } from "./library-site";
import type {} from "./pages/notebook";
import { SCORE } from "./shown-score";

test.beforeAll(() => buildHostPage("notebook", "notebook.ts"));
const host = hostOf(LIB, HOST_PAGES);

type Traits = Record<string, unknown>;

const PROMPT = "What is the capital of France?";
const ASKED = { prompt: PROMPT, response: "Google it pal.", device: "wasm" };
const FORGOTTEN = { score: null, reward: null, scored: null };
const HOSTILE = `<img src=x onerror="ran = 1"></script><script>ran = 1</script>`;
declare let ran: unknown;
declare let phases: string[];

const url = () => `${host.library}/anywidget.js`;
const load = (page: Page) => page.getByRole("button", { name: "Load model" }).first().click();
const scorers = (page: Page) => page.workers().filter((worker) => !/ort-wasm/.test(worker.url()));
const shown = (page: Page) => page.getByRole("status").filter({ hasText: SCORE });
const get = (page: Page, trait: string) => page.evaluate((trait) => notebook.get(trait), trait);
const saved = (page: Page) => page.evaluate(() => notebook.saved);
const kernelSets = (page: Page, traits: Traits) =>
  page.evaluate((traits) => notebook.kernelSets(traits), traits);

/** The traits that the how-to's class gives a widget. */
function traitsOfClass(): Traits {
  const lines = documentedCode("anywidget", "python", { origin: host.library }).matchAll(
    /^ {4}(\w+) = t\.\w+\((?:default_value=)?(\w+|"\w*").*\.tag\(sync=True\)$/gm,
  );
  return Object.fromEntries(
    [...lines].map(([, name, value]) => [name!, value === "None" ? null : JSON.parse(value!)]),
  );
}

async function open(page: Page, traits: Traits, views = 1): Promise<void> {
  await host.open(page, `<script type="module" src="LIB/notebook.js"></script>`);
  await page.waitForFunction(() => "notebook" in window);
  await page.evaluate(
    async ([traits, views]) => {
      await notebook.create(traits);
      for (let view = 0; view < views; view++) await notebook.display();
    },
    [{ _esm: url(), ...traitsOfClass(), ...ASKED, ...traits }, views] as const,
  );
}

/** Score of the traits of now, as soon as the page has told it. */
async function score(page: Page): Promise<number> {
  await expect.poll(() => get(page, "score")).not.toBeNull();
  return (await get(page, "score")) as number;
}

for (const [how, esm] of [
  ["address", () => url()],
  ["text", () => documentedCode("anywidget", "js", { origin: host.library })],
] as const) {
  test(`tells the kernel the score once, with the module by its ${how}`, async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await open(page, { _esm: esm() });
    await expect(page.getByRole("button", { name: "Load model" })).toBeVisible();
    expect(asked.filter((path) => /wasm|worker|models/.test(path))).toEqual([]);
    await load(page);
    await expect(shown(page)).toHaveCount(1);
    const [outcome, ...more] = await saved(page);
    expect(more).toEqual([]);
    expect(outcome).toEqual({
      score: 10 * (outcome!.reward as number),
      reward: expect.any(Number),
      scored: { ...ASKED, model: null, alpha: null },
    });
  });
}

test("takes a score back as soon as the kernel sets another text, and tells the new one once", async ({
  page,
}) => {
  await open(page, {});
  await load(page);
  const first = await score(page);
  const meanwhile = await page.evaluate(async () => {
    await notebook.kernelSets({ response: "Paris." });
    return notebook.get("score");
  });
  expect(meanwhile).toBeNull();
  const second = await score(page);
  expect(second).not.toBe(first);
  await kernelSets(page, { response: ASKED.response });
  expect(await score(page)).toBe(first);
  const scores = (await saved(page)).map(({ score, scored }) => [
    score,
    (scored as { response: string } | null)?.response,
  ]);
  const none = [null, undefined];
  expect(scores).toEqual([[first, ASKED.response], none, [second, "Paris."], none, [first, ASKED.response]]);
});

test("only multiplies when the kernel sets alpha", async ({ page }) => {
  await open(page, {});
  await load(page);
  await score(page);
  const reward = (await get(page, "reward")) as number;
  await page.evaluate(() => {
    Object.assign(globalThis, { phases: [] });
    const { shadowRoot } = document.querySelector("reward-scorer")!;
    new MutationObserver(() => phases.push(shadowRoot!.textContent!)).observe(shadowRoot!, {
      childList: true,
      subtree: true,
    });
  });
  await kernelSets(page, { alpha: 2 });
  expect(await score(page)).toBe(2 * reward);
  expect(await get(page, "reward")).toBe(reward);
  expect(await page.evaluate(() => phases.filter((words) => /Scoring|Loading/.test(words)))).toEqual([]);
  const [, forgotten, outcome, ...more] = await saved(page);
  expect(forgotten).toEqual(FORGOTTEN);
  expect(outcome).toMatchObject({ score: 2 * reward, reward, scored: { alpha: 2 } });
  expect(more).toEqual([]);
});

test("shares one press and one worker among views, which tell each outcome once", async ({ page }) => {
  await open(page, {}, 2);
  await load(page);
  await expect(shown(page)).toHaveCount(2);
  expect(await saved(page)).toHaveLength(1);
  await kernelSets(page, { prompt: "And of Italy?" });
  await score(page);
  await expect(shown(page)).toHaveCount(2);
  expect(await saved(page)).toHaveLength(3);
  expect(scorers(page)).toHaveLength(1);
});

test("frees the model when its views are closed, and still takes scores back", async ({ page }) => {
  await page.clock.install();
  await open(page, {}, 2);
  await load(page);
  await expect(shown(page)).toHaveCount(2);
  await page.evaluate(() => notebook.closeViews());
  await expect(page.locator("reward-scorer")).toHaveCount(0);
  expect(scorers(page)).toHaveLength(1);
  await page.clock.fastForward(31_000);
  await expect.poll(() => scorers(page)).toEqual([]);
  await kernelSets(page, { prompt: "And of Italy?" });
  expect(await get(page, "score")).toBeNull();
  expect((await saved(page)).slice(1)).toEqual([FORGOTTEN]);
});

test("drops a score that it finds and that is not one of these texts", async ({ page }) => {
  const scored = { ...ASKED, model: null, alpha: null };
  await open(page, { score: 3, scored: { ...scored, response: "Paris." } });
  await expect(page.getByRole("button", { name: "Load model" })).toBeVisible();
  expect(await get(page, "score")).toBeNull();
  expect(await saved(page)).toEqual([{ score: null, scored: null }]);
  await open(page, { score: 3, scored });
  await expect(page.getByRole("button", { name: "Load model" })).toBeVisible();
  expect(await get(page, "score")).toBe(3);
});

test("tells an error by its code, and the score after it", async ({ page }) => {
  await open(page, { model: `${host.library}/models/none`, loading: "eager" });
  await expect.poll(() => get(page, "error")).toMatch(/^model-not-found: /);
  expect(await get(page, "score")).toBeNull();
  await kernelSets(page, { model: `${host.library}/models/demo` });
  expect(await get(page, "error")).toBeNull();
  await score(page);
  expect(await get(page, "error")).toBeNull();
});

test("reads no text as markup", async ({ page }) => {
  await open(page, { prompt: HOSTILE, response: HOSTILE, loading: "eager" });
  await score(page);
  await kernelSets(page, { model: `https://no.such.host.invalid/${HOSTILE}`, device: HOSTILE });
  await expect(page.getByRole("alert")).toBeVisible();
  await expect.poll(() => get(page, "error")).not.toBeNull();
  expect(await page.evaluate(() => typeof ran)).toBe("undefined");
  await expect(page.locator("section img, section script")).toHaveCount(0);
});

test("scores several responses, and sets no trait that the class has not", async ({ page }) => {
  await open(page, { responses: ["Paris.", ASKED.response], scores: null, loading: "eager" });
  await expect(shown(page)).toHaveCount(2);
  const [first, second] = (await get(page, "scores")) as [number, number];
  expect(await get(page, "score")).toBeNull();
  expect(Object.keys((await saved(page))[0]!).sort()).toEqual(["scored", "scores"]);
  await kernelSets(page, { responses: [ASKED.response] });
  await expect.poll(() => get(page, "scores")).toEqual([second]);
  expect(first).not.toBe(second);
});

test("works for a class with prompt, response and score alone", async ({ page }) => {
  const { prompt, response } = ASKED;
  await host.open(page, `<script type="module" src="LIB/notebook.js"></script>`);
  await page.waitForFunction(() => "notebook" in window);
  await page.evaluate(
    async (traits) => {
      await notebook.create(traits);
      await notebook.display();
    },
    { _esm: url(), prompt, response, score: null },
  );
  await load(page);
  const first = await score(page);
  await kernelSets(page, { response: "Paris." });
  const second = await score(page);
  expect(await saved(page)).toEqual([{ score: first }, { score: null }, { score: second }]);
});

test("is initialised before the element is there", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/chunk-asked-element|element\.js|chunk-ui/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, {});
  await kernelSets(page, { response: "Paris." }); // anywidget takes no message before
  release();
  await load(page);
  await score(page);
  expect((await saved(page))[0]).toMatchObject({ scored: { response: "Paris." } });
});

test("works in a host that knows no signal, and leaves nothing behind", async ({ page }) => {
  await host.open(page, `<section></section>`);
  const left = await page.evaluate(
    async ([url, asked]) => {
      const { default: widget }: { default: typeof door } = await import(url);
      const afm: AnyWidget = widget;
      const traits = new Map<string, unknown>(Object.entries({ ...asked, score: null, loading: "eager" }));
      const events = new EventTarget();
      const listeners = new Map<string, Set<unknown>>();
      const model = {
        get: (name: string) => traits.get(name),
        set: (name: string, value: unknown) => void traits.set(name, value),
        save_changes: () => void events.dispatchEvent(new Event("saved")),
        on: (event: string, listener: unknown) =>
          void listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
        off: (event: string, listener: unknown) => void listeners.get(event)?.delete(listener),
      };
      const saved = new Promise((resolve) => events.addEventListener("saved", resolve, { once: true }));
      const el = document.querySelector("section")!;
      const forget = widget.initialize({ model });
      const end = await widget.render({ model, el });
      await saved;
      end();
      end();
      forget();
      const deaf = [...listeners.values()].every(({ size }) => size === 0);
      return [typeof afm, typeof traits.get("score"), el.childNodes.length, deaf];
    },
    [url(), ASKED] as const,
  );
  expect(left).toEqual(["object", "number", 0, true]);
});
