import { expect, type Page, test } from "@playwright/test";
import { launchOptions } from "./browser";
import { documentedCode } from "./documented";
import { EditorHost } from "./label-studio-page";
import {
  BRUSH_OFF,
  button,
  load,
  PARIS,
  panel,
  ranking,
  results,
  rows,
  task,
  values,
  workers,
} from "./label-studio-panel";

// The code of the documentation names no device.
test.use({ launchOptions: launchOptions(false) });

let host: EditorHost;

test.beforeAll(async () => {
  host = await EditorHost.start();
});

test.afterAll(() => host[Symbol.dispose]());

test("runs the documentation's userscript", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await page.addScriptTag({ content: host.adapt(documentedCode("label-studio", "js", { nth: 1 })) });
  await load(page);
  const [best] = await ranking(page);
  await button(page, `Prefer ${best}`).click();
  expect(values(await results(page))).toEqual({
    better: { selected: best === "response_a" ? "left" : "right" },
    best: { choices: [best === "response_a" ? "A" : "B"] },
  });
});

test("runs the documentation's plugin for every annotation", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await runPlugin(page, host.adapt(documentedCode("label-studio", "js")));
  await load(page);
  for (const id of [2, 3]) {
    await page.evaluate((task) => window.openTask(task), task(BRUSH_OFF, `Paris, ${id} times.`, { id }));
    await expect(rows(page)).toHaveCount(2);
    const [best] = await ranking(page);
    await button(page, `Prefer ${best}`).click();
    expect(values(await results(page))).toEqual({
      better: { selected: best === "response_a" ? "left" : "right" },
    });
  }
  await expect(panel(page)).toHaveCount(1);
  expect(workers(page)).toHaveLength(1);
});

test("runs the documentation's own page", async ({ page }) => {
  const written: string[] = [];
  page.on("console", (message) => written.push(message.text()));
  await host.openHtml(page, `<body>${documentedCode("label-studio", "html")}`);
  await load(page, 1);
  const rate = button(page, /^Rate response \d of 5$/);
  const [, stars] = /(\d) of 5/.exec(await rate.innerText())!;
  await rate.click();
  await page.getByRole("button", { name: "Submit" }).click();
  const submitted = written.filter((text) => text.startsWith("["));
  expect(submitted.map((text) => values(JSON.parse(text)))).toEqual([{ rating: { rating: Number(stars) } }]);
});

/**
 * Run a plugin as Label Studio Enterprise does: in an asynchronous function, each time that an annotation is
 * displayed, with the object that its documentation calls LSI.
 */
function runPlugin(page: Page, code: string): Promise<void> {
  return page.evaluate((code) => {
    const LSI = {
      import: (src: string, integrity: string) =>
        new Promise((onload, onerror) => {
          const script = document.createElement("script");
          Object.assign(script, { src, integrity, crossOrigin: "anonymous", onload, onerror });
          document.head.append(script);
        }),
      get task() {
        const { id, dataObj } = window.Htx.task as unknown as { id: number; dataObj: object };
        return { id, data: dataObj };
      },
      get annotation() {
        return window.Htx.annotationStore.selected;
      },
    };
    const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
    const run = () => new AsyncFunction("LSI", code)(LSI);
    const open = window.openTask;
    window.openTask = (task) => {
      open(task);
      run();
    };
    return run();
  }, code);
}
