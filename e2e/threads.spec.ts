import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { WAIT_MS } from "../src/ui/reload-for-threads";
import { HARDWARE_GPU, patchWorker } from "./engine-page";
import { serve, serveFolders } from "./library-site";
import { expectScored, responses, results } from "./page";
import { buildSite, PlainHost, SUB_PATH } from "./plain-host";

test.use({ serviceWorkers: "allow" });

const THREADS = /^WASM · [2-9] threads · checked$/;
const ONE_THREAD = "WASM · 1 thread · checked";

let site: string;
let host: PlainHost;

test.beforeAll(async () => {
  site = await buildSite();
});

test.beforeEach(async () => {
  host = await PlainHost.start(site);
});

test.afterEach(() => host.stop());

/** One entry a load of the page itself. */
function watchLoads(page: Page): string[] {
  const loads: string[] = [];
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) loads.push(frame.url());
  });
  return loads;
}

async function expectThreads(page: Page, badge: string | RegExp): Promise<void> {
  await expectScored(page);
  await expect(page.getByRole("button", { name: badge })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(badge === THREADS);
}

test("scores with threads on a host that sends no headers, after one reload", async ({ page }) => {
  const loads = watchLoads(page);
  const breaches: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|Cross-Origin|Document-Isolation/.test(message.text()))
      breaches.push(message.text());
  });
  await page.goto(host.page);
  await expectThreads(page, THREADS);
  const scores = await results(page).allInnerTexts();
  await page.goto(host.page);
  await expectThreads(page, THREADS);
  expect(loads).toEqual([host.page, host.page, host.page]);
  expect(await results(page).allInnerTexts()).toEqual(scores);
  expect(breaches).toEqual([]);
});

test("gives the scores of one thread", async ({ page, browser }) => {
  await page.goto(host.page);
  await expectThreads(page, THREADS);
  const alone = await browser.newContext({ serviceWorkers: "block" });
  const other = await alone.newPage();
  await other.goto(host.page);
  await expectThreads(other, ONE_THREAD);
  expect(await results(page).allInnerTexts()).toEqual(await results(other).allInnerTexts());
  await alone.close();
});

test("isolates the page where a document cannot be isolated by itself", async ({ page }) => {
  host.hideDocumentIsolation();
  await page.goto(host.page);
  await expectThreads(page, THREADS);
});

for (const [way, prepare] of [
  ["by itself", () => undefined],
  ["from its opener", () => host.hideDocumentIsolation()],
] as const) {
  test(`loads a model of another site in a page isolated ${way}`, async ({ page }) => {
    prepare();
    using models = await serveFolders(join(import.meta.dirname, "../.cache/models"));
    const folder = `${models.origin.replace("localhost", "127.0.0.1")}/bert-seqcls/`;
    await page.goto(`${host.page}&model=${encodeURIComponent(folder)}`);
    await page.getByRole("button", { name: /^Load from/ }).click();
    await expectThreads(page, THREADS);
  });
}

test("does not reload once somebody types: threads come with the next visit", async ({ page }) => {
  const loads = watchLoads(page);
  let release = (_: string) => {};
  host.instead.set("service-worker.js", new Promise<string>((resolve) => (release = resolve)));
  await page.goto(host.page, { waitUntil: "commit" });
  await responses(page).nth(0).press("End");
  await page.keyboard.type(" Really.");
  release(readFileSync(join(site, "service-worker.js"), "utf8"));
  await expectThreads(page, ONE_THREAD);
  expect(loads).toEqual([host.page]);
  await expect(responses(page).nth(0)).toHaveValue(/ Really\.$/);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(host.page);
  await expectThreads(page, THREADS);
  await expect(responses(page).nth(0)).toHaveValue(/ Really\.$/);
});

for (const [what, text] of [
  ["never comes", undefined],
  ["is broken", "throw new Error('broken')"],
  ["adds nothing", "addEventListener('activate', (event) => event.waitUntil(clients.claim()))"],
] as const) {
  test(`scores on one thread where the service worker ${what}, without reloading again and again`, async ({
    page,
  }) => {
    const loads = watchLoads(page);
    host.instead.set("service-worker.js", text);
    await page.goto(host.page);
    await expectThreads(page, ONE_THREAD);
    expect(loads.length).toBe(text?.startsWith("add") ? 2 : 1);
  });
}

test("waits for no service worker whose install fails, and keeps nothing of it", async ({ page }) => {
  host.cutOff.add("favicon.svg");
  await page.addInitScript((limit) => {
    const wait = setTimeout;
    const never = (run: () => void, ms?: number) => (ms === limit ? 0 : wait(run, ms));
    Object.assign(window, { setTimeout: never });
  }, WAIT_MS);
  await page.goto(host.page);
  await expectThreads(page, ONE_THREAD);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(["reward-scorer"]);
});

test("neither reloads nor isolates in a frame", async ({ page }) => {
  await page.goto(host.page);
  await expectThreads(page, THREADS);
  await page.goto(`${host.origin}${SUB_PATH}embed-demo.html`);
  for (const name of ["embed.html?device=wasm", "./?device=wasm"]) {
    const isolated = await page.evaluate(async (address) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener("load", resolve));
      return frame.contentWindow!.crossOriginIsolated;
    }, name);
    expect(isolated).toBe(false);
  }
  const framed = page.locator('iframe[src="./?device=wasm"]').contentFrame();
  await expect(framed.getByRole("button", { name: ONE_THREAD })).toBeVisible();
});

test("isolates a frame in a page of any other site where the host has documents isolated", async ({
  page,
}) => {
  host.frameHeaders.set("Document-Isolation-Policy", "isolate-and-require-corp");
  const address = `${host.origin.replace("localhost", "127.0.0.1")}${SUB_PATH}embed.html?device=wasm`;
  using around = await serve((_, response) => {
    response.setHeader("Content-Type", "text/html").end(`<!doctype html><iframe src="${address}"></iframe>`);
  });
  await page.goto(around.origin);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("button", { name: /^Load model/ })).toBeVisible();
  expect(await frame.locator("body").evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
});

for (const [machine, userAgent] of [
  [
    "an iPhone",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
  ],
  [
    "an iPad, which calls itself a Mac",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
  ],
  ["Firefox for Android", "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"],
] as const) {
  test.describe(`on ${machine}`, () => {
    test.use({ userAgent });

    test("stays at one thread, and reloads nothing for others", async ({ page }) => {
      await page.addInitScript(() => Object.defineProperty(navigator, "maxTouchPoints", { value: 5 }));
      const loads = watchLoads(page);
      await page.goto(host.page);
      await expectScored(page);
      await expect(page.getByRole("button", { name: ONE_THREAD })).toBeVisible();
      expect(loads).toEqual([host.page]);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.goto(host.page);
      await expectScored(page);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await expect(page.getByRole("button", { name: ONE_THREAD })).toBeVisible();
    });
  });
}

test("reloads where there is a GPU, but in software", async ({ page }) => {
  const loads = watchLoads(page);
  await page.goto(`${host.origin}${SUB_PATH}`);
  await expectThreads(page, THREADS);
  expect(loads).toHaveLength(2);
});

test("does not reload where the GPU is to do the work", async ({ page }) => {
  await page.addInitScript(HARDWARE_GPU);
  await patchWorker(page, HARDWARE_GPU);
  const loads = watchLoads(page);
  await page.goto(`${host.origin}${SUB_PATH}`);
  await expectScored(page, 100_000);
  await expect(page.getByRole("button", { name: "WebGPU · checked" })).toBeVisible();
  expect(loads).toHaveLength(1);
});
