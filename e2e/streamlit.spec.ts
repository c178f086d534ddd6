import { expect, type Page, test } from "@playwright/test";
import type { FrontendRenderer } from "@streamlit/component-v2-lib";
import type door from "../src/embed/streamlit";
import type { Scored, StreamlitArgs } from "../src/embed/streamlit";
import { documentedCode } from "./documented";
import { hostOf, LIB } from "./library-site";
import { SCORE } from "./shown-score";

const host = hostOf(LIB);

type Data = StreamlitArgs["data"];

const PROMPT = "What is the capital of France?";
const DATA = { prompt: PROMPT, response: "Google it pal.", device: "wasm" } as const satisfies Data;
const EAGER = { ...DATA, loading: "eager" } as const satisfies Data;
const HOSTILE = `<img src=x onerror="ran = 1"></script><script>ran = 1</script>`;
/** A component as Streamlit runs it: its module from a blob, called anew at each run of the app. */
interface StreamlitPage {
  /** Each state value set; every one runs the app again. */
  states: Scored[];
  runs: number;
  run(data: Data): Promise<void>;
  unmount(): Promise<void>;
}

declare let app: StreamlitPage;
declare let ran: unknown;

const shown = (page: Page) => page.getByRole("status").filter({ hasText: SCORE });
const scorers = (page: Page) => page.workers().filter((worker) => !/ort-wasm/.test(worker.url()));
const run = (page: Page, data: Data) => page.evaluate((data) => app.run(data), data);
const states = (page: Page) => page.evaluate(() => app.states);

async function state(page: Page, count: number): Promise<Scored> {
  await expect.poll(async () => (await states(page)).length).toBe(count);
  return (await states(page))[count - 1]!;
}

/** The how-to's module. */
function documentedModule(): string {
  const python = documentedCode("streamlit", "python", { origin: host.library });
  return /js="""(.*?)"""/s.exec(python)![1]!;
}

/** The how-to's module, in a shadow root or, with `isolate_styles=False`, in an element. */
async function open(page: Page, isolated = true): Promise<void> {
  await host.open(page, `<section></section>`);
  await page.evaluate(
    ([script, isolated]) => {
      const section = document.querySelector("section")!;
      const parentElement = isolated ? section.attachShadow({ mode: "open" }) : section;
      const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      let data: Data = {};
      let cleanup: ReturnType<FrontendRenderer>;
      const rerun = async () => {
        app.runs++;
        const module: { default: typeof door } = await import(url);
        const renderer: FrontendRenderer<{ scored: Scored }, Data> = module.default;
        const setStateValue = (_: "scored", value: Scored) => {
          app.states.push(JSON.parse(JSON.stringify(value)));
          void rerun();
        };
        cleanup = renderer({
          name: "reward_scorer",
          key: "st-bidi-component-1",
          data: JSON.parse(JSON.stringify(data)),
          parentElement,
          setStateValue,
          setTriggerValue: () => undefined,
        });
      };
      const page: StreamlitPage = {
        states: [],
        runs: 0,
        run(next) {
          data = next;
          return rerun();
        },
        async unmount() {
          section.remove();
          cleanup?.();
        },
      };
      Object.assign(globalThis, { app: page });
    },
    [documentedModule(), isolated] as const,
  );
}

test("is no file's path to Streamlit, which takes a single line for one", () => {
  expect(documentedModule().trim()).toContain("\n");
});

for (const isolated of [true, false]) {
  test(`tells the score once, ${isolated ? "in a shadow root" : "with styles not isolated"}`, async ({
    page,
  }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await open(page, isolated);
    await run(page, DATA);
    await run(page, DATA);
    const button = page.getByRole("button", { name: "Load model" });
    await expect(button).toHaveCount(1);
    expect(asked.filter((path) => /wasm|worker|models/.test(path))).toEqual([]);
    await button.click();
    const scored = await state(page, 1);
    await expect(shown(page)).toHaveCount(1);
    expect(scored).toMatchObject({ asked: DATA, score: 10 * scored.reward!, error: null });
    for (let again = 0; again < 5; again++) await run(page, DATA);
    await expect(shown(page)).toHaveCount(1);
    expect(await states(page)).toHaveLength(1);
    expect(await page.evaluate(() => app.runs)).toBe(8);
  });
}

test("tells each change of text, model and alpha once, with the data it is of", async ({ page }) => {
  await open(page);
  await run(page, EAGER);
  const first = await state(page, 1);
  await run(page, { ...EAGER, response: "Paris." });
  const second = await state(page, 2);
  expect(second).toMatchObject({ asked: { ...EAGER, response: "Paris." } });
  expect(second.reward).not.toBe(first.reward);
  await run(page, { ...EAGER, alpha: 2 });
  expect(await state(page, 3)).toMatchObject({
    asked: { alpha: 2 },
    reward: first.reward,
    score: 2 * first.reward!,
  });
  await run(page, { ...EAGER, responses: ["Paris.", DATA.response] });
  await run(page, { ...EAGER, responses: ["Paris.", DATA.response] });
  expect(await state(page, 4)).toMatchObject({ score: null, rewards: [second.reward, first.reward] });
  await run(page, EAGER);
  expect(await state(page, 5)).toEqual(first);
  expect(scorers(page)).toHaveLength(1);
});

test("tells the score of data that says the same otherwise", async ({ page }) => {
  await open(page);
  await run(page, EAGER);
  const first = await state(page, 1);
  await run(page, { ...DATA, loading: "lazy" });
  expect(await state(page, 2)).toEqual({ ...first, asked: { ...DATA, loading: "lazy" } });
});

test("tells an error once by its code, and the score after it", async ({ page }) => {
  await open(page);
  await run(page, { ...EAGER, model: `${host.library}/models/none` });
  expect(await state(page, 1)).toMatchObject({
    score: null,
    error: expect.stringMatching(/^model-not-found: /),
  });
  await run(page, EAGER);
  expect(await state(page, 2)).toMatchObject({ asked: EAGER, score: expect.any(Number), error: null });
});

test("tells of data that cannot be asked, and no score of the data before", async ({ page }) => {
  await open(page);
  await run(page, EAGER);
  const responses = "Paris." as unknown as string[];
  await run(page, { ...EAGER, responses });
  await expect
    .poll(async () => (await states(page)).at(-1))
    .toMatchObject({
      asked: { responses },
      score: null,
      scores: null,
      error: "TypeError: responses: expected a list, got string",
    });
  await run(page, EAGER);
  await expect.poll(async () => (await states(page)).at(-1)).toMatchObject({ asked: EAGER, error: null });
  expect((await states(page)).filter(({ asked, score }) => "responses" in asked && score !== null)).toEqual(
    [],
  );
});

test("reads no text as markup", async ({ page }) => {
  await open(page);
  await run(page, { ...EAGER, prompt: HOSTILE, response: HOSTILE });
  expect(await state(page, 1)).toMatchObject({ asked: { prompt: HOSTILE }, score: expect.any(Number) });
  expect(await page.evaluate(() => typeof ran)).toBe("undefined");
  await expect(page.locator("section img, section script")).toHaveCount(0);
});

test("is gone after its cleanup, and frees the model", async ({ page }) => {
  await page.clock.install();
  await open(page);
  await run(page, EAGER);
  await state(page, 1);
  expect(scorers(page)).toHaveLength(1);
  await page.evaluate(() => app.unmount());
  await page.clock.fastForward(31_000);
  await expect.poll(() => scorers(page)).toEqual([]);
  expect(await states(page)).toHaveLength(1);
});
