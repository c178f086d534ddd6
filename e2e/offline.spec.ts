import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { codeBlock } from "../src/embed/code-block";
import { expectScored, responses, results, scoreButton } from "./page";
import { buildSite, PlainHost, SUB_PATH } from "./plain-host";

test.use({ serviceWorkers: "allow" });

const NEWER = "A new version of this page is ready.";

let first: string;
let second: string;
let host: PlainHost;

test.beforeAll(async () => {
  first = await buildSite();
  second = await buildSite("next");
});

test.beforeEach(async () => {
  host = await PlainHost.start(first);
});

test.afterEach(() => host.stop());

/** A first visit: the page has scored, and is kept. */
async function visit(page: Page): Promise<string[]> {
  await page.goto(host.page);
  await expectScored(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  return results(page).allInnerTexts();
}

/** As the browser does from time to time. @returns whether there is an update */
function lookForUpdate(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    try {
      const updated = await registration.update();
      return updated.installing !== null;
    } catch {
      return false;
    }
  });
}

/** Close the page and open another one, until no version waits for its turn. */
async function reopen(page: Page): Promise<Page> {
  await page.close();
  const later = await page.context().newPage();
  await expect
    .poll(async () => {
      await later.goto("about:blank");
      await later.goto(host.page);
      return later.evaluate(async () => (await navigator.serviceWorker.ready).waiting === null);
    })
    .toBe(true);
  return later;
}

function isKept(page: Page): Promise<boolean> {
  return page.evaluate(async (store) => {
    const requests = (await caches.has(store)) ? await (await caches.open(store)).keys() : [];
    return requests.some(({ url }) => new URL(url).pathname.endsWith("/index.html"));
  }, `reward-scorer-page ${host.origin}${SUB_PATH}`);
}

function mainScript(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLScriptElement>("script[src]")!.src);
}

test("opens, loads its model and scores with the network off", async ({ page, context }) => {
  const scores = await visit(page);
  await context.setOffline(true);
  await page.reload();
  await expectScored(page);
  expect(await results(page).allInnerTexts()).toEqual(scores);
});

test("opens, loads its model and scores when its host is gone", async ({ page, context }) => {
  const scores = await visit(page);
  await page.close();
  host.stop();
  const later = await context.newPage();
  await later.goto(host.page);
  await expectScored(later);
  expect(await results(later).allInnerTexts()).toEqual(scores);
  await expect(later.getByRole("button", { name: /^WASM · [2-9] threads · checked$/ })).toBeVisible();
  await responses(later).nth(0).fill("Another text.");
  await scoreButton(later).click();
  await expectScored(later);
});

test("opens from what is kept when the host is broken, or says nothing", async ({ page }) => {
  await visit(page);
  host.instead.set("index.html", undefined);
  await page.reload();
  await expectScored(page);
});

test("opens from what is kept when the line is cut within the page", async ({ page }) => {
  host.maxAgeS = 0;
  await visit(page);
  host.cutOff.add("index.html");
  await page.reload();
  await expectScored(page);
});

test("keeps its list of models when the host answers for it with a page", async ({ page, context }) => {
  await visit(page);
  host.instead.set("models/index.json", "<!doctype html><title>Back soon</title>");
  await page.reload();
  await expect(page.getByRole("alert")).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expectScored(page);
});

test("knows without a network the models that the host has added since", async ({ page, context }) => {
  await visit(page);
  const other = { name: "other", title: "Another model" };
  const demo = { name: "demo", title: "Demo model" };
  host.instead.set("models/index.json", JSON.stringify({ models: [demo, other] }));
  await page.reload();
  await expectScored(page);
  await context.setOffline(true);
  await page.reload();
  await expectScored(page);
  await expect(page.getByLabel("Model").getByRole("option")).toHaveText(["Demo model", "Another model"]);
});

test("leaves alone what another site puts in its place", async ({ page }) => {
  host.maxAgeS = 0;
  await visit(page);
  const other = `<!doctype html><title>Another site</title>`;
  host.instead.set("index.html", other);
  host.instead.set("favicon.svg", "<svg>another's</svg>");
  await page.goto(host.page);
  await expect(page).toHaveTitle("Another site");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await page.evaluate(async () => (await fetch("favicon.svg")).text())).toBe("<svg>another's</svg>");
});

test("keeps nothing twice, and of models and runtime only what was used", async ({ page }) => {
  await visit(page);
  const kept = await page.evaluate(async () => {
    const all: Record<string, string[]> = {};
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      all[name] = requests.map(({ url }) => new URL(url).pathname);
    }
    return all;
  });
  const pageFiles = kept[`reward-scorer-page ${host.origin}${SUB_PATH}`]!;
  expect(pageFiles).toContain(`${SUB_PATH}index.html`);
  expect(pageFiles.filter((path) => /\.(?:wasm|onnx|onnx_data)$|reward\.json|tokenizer/.test(path))).toEqual(
    [],
  );
  expect(Object.keys(kept).sort()).toEqual(["reward-scorer", `reward-scorer-page ${host.origin}${SUB_PATH}`]);
  const engine = kept["reward-scorer"]!;
  expect(new Set(engine).size).toBe(engine.length);
});

test("is among the stored files, deleted alone, and kept anew by the next visit", async ({ page }) => {
  await visit(page);
  await page.getByRole("button", { name: "Stored files" }).click();
  const stored = page.locator("rs-stored-files");
  await expect(stored.getByText(/^assets\/index-.*\.js$/)).toBeVisible();
  await stored.getByRole("button", { name: "Delete: This page, for use without a network" }).click();
  await expect(stored.getByRole("heading", { name: "This page, for use without a network" })).toHaveCount(0);
  await expect(stored.getByText("onnx/model_quantized.onnx_data")).toBeVisible();
  expect(await page.evaluate(() => caches.keys())).toEqual(["reward-scorer"]);
  await visit(page);
  await expect.poll(() => isKept(page)).toBe(true);
});

test("is kept anew although another tab was open when it was deleted", async ({ page, context }) => {
  const scores = await visit(page);
  const other = await context.newPage();
  await other.goto(host.page);
  await expectScored(other);
  await page.getByRole("button", { name: "Stored files" }).click();
  await page.getByRole("button", { name: "Delete: This page, for use without a network" }).click();
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(["reward-scorer"]);
  await page.reload();
  await expectScored(page);
  await expect.poll(() => isKept(page)).toBe(true);
  await other.close();
  host.stop();
  await page.reload();
  await expectScored(page);
  expect(await results(page).allInnerTexts()).toEqual(scores);
});

for (const isolated of ["by itself", "from its opener"]) {
  test.describe(`in a page isolated ${isolated}`, () => {
    test.beforeEach(() => {
      if (isolated === "from its opener") host.hideDocumentIsolation();
    });

    test("offers a new version, and goes on with the old one until then", async ({ page }) => {
      await visit(page);
      const old = await mainScript(page);
      host.folder = second;
      expect(await lookForUpdate(page)).toBe(true);
      await expect(page.getByText(NEWER)).toBeVisible();
      await page.workers()[0]!.evaluate(() => void queueMicrotask(() => JSON.parse("{")));
      await responses(page).nth(0).fill("A text scored by a worker whose script the host has no more.");
      await scoreButton(page).click();
      await expectScored(page);
      await page.getByRole("button", { name: "Reload with the new version" }).click();
      await expect.poll(() => mainScript(page)).not.toBe(old);
      await expectScored(page);
      await expect(responses(page).nth(0)).toHaveValue(/whose script the host has no more/);
      await expect(page.getByText(NEWER)).toHaveCount(0);
    });

    test("opens the new version without a network once the old one is closed", async ({ page }) => {
      await visit(page);
      const old = await mainScript(page);
      host.folder = second;
      expect(await lookForUpdate(page)).toBe(true);
      await expect(page.getByText(NEWER)).toBeVisible();
      const later = await reopen(page);
      host.stop();
      await later.reload();
      await expectScored(later);
      expect(await mainScript(later)).not.toBe(old);
    });

    for (const [broken, service] of [
      [
        "whose service worker does not start",
        () => host.instead.set("service-worker.js", "throw new Error()"),
      ],
      ["of which a file is missing", () => (host.folder = withoutAnIcon(second))],
    ] as const) {
      test(`keeps the old version for offline when there is a new one ${broken}`, async ({
        page,
        context,
      }) => {
        const scores = await visit(page);
        const old = await mainScript(page);
        host.folder = second;
        service();
        await lookForUpdate(page);
        await page.reload();
        await expectScored(page);
        expect(await mainScript(page)).not.toBe(old);
        await context.setOffline(true);
        await page.reload();
        await expectScored(page);
        expect(await mainScript(page)).toBe(old);
        expect(await results(page).allInnerTexts()).toEqual(scores);
      });
    }
  });
}

test("looks for a new version when somebody comes back after an hour", async ({ page }) => {
  await page.clock.install();
  await visit(page);
  host.folder = second;
  await page.clock.fastForward("01:00:01");
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(page.getByText(NEWER)).toBeVisible();
});

function withoutAnIcon(folder: string): string {
  const broken = `${folder}-broken`;
  cpSync(folder, broken, { recursive: true });
  rmSync(join(broken, "icon-512.png"));
  return broken;
}

test("keeps the old version for offline when the new one comes with a page of another", async ({ page }) => {
  host.maxAgeS = 0;
  const scores = await visit(page);
  const old = await mainScript(page);
  host.folder = withPageOf(first, second);
  await lookForUpdate(page);
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).installing === null))
    .toBe(true);
  const later = await reopen(page);
  await expectScored(later);
  host.stop();
  await later.reload();
  await expectScored(later);
  expect(await mainScript(later)).toBe(old);
  expect(await results(later).allInnerTexts()).toEqual(scores);
});

/** As from a cache between host and visitor, in the minutes of a deployment. */
function withPageOf(other: string, folder: string): string {
  const mixed = `${folder}-mixed`;
  cpSync(folder, mixed, { recursive: true });
  cpSync(join(other, "index.html"), join(mixed, "index.html"));
  return mixed;
}

test("offers the new version when files of the old one are gone", async ({ page }) => {
  host.instead.set("service-worker.js", "throw new Error('there is none')");
  host.maxAgeS = 0;
  await page.goto(host.page);
  await expectScored(page);
  host.folder = second;
  await page.workers()[0]!.evaluate(() => void queueMicrotask(() => JSON.parse("{")));
  await responses(page).nth(0).fill("A text.");
  await scoreButton(page).click();
  await expect(page.getByRole("heading", { name: "The worker that runs the model ended" })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: "Reload with the new version" }).click();
  await expectScored(page);
  await expect(responses(page).nth(0)).toHaveValue("A text.");
});

test("is retired by the documented service worker", async ({ page }) => {
  await visit(page);
  const hosting = readFileSync(join(import.meta.dirname, "../docs/hosting.md"), "utf8");
  host.instead.set("service-worker.js", codeBlock(hosting, "js", 0)!);
  await lookForUpdate(page);
  await page.goto(`${host.origin}${SUB_PATH}embed-demo.html`);
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length))
    .toBe(0);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(["reward-scorer"]);
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});

test("is registered by the page alone: not in a frame, by the frame's page or by the gallery", async ({
  page,
}) => {
  const site = `${host.origin}${SUB_PATH}`;
  await page.goto(`${site}embed-demo.html`);
  await page.evaluate((address) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(frame);
  }, host.page);
  const framed = page.locator(`iframe[src="${host.page}"]`).contentFrame();
  await expect(framed.getByRole("status").filter({ hasText: /reward [+−]?\d/ })).toHaveCount(2);
  await page.goto(`${site}embed.html`);
  await expect(page.getByRole("button", { name: /^Load model/ })).toBeVisible();
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});

test("can be installed, as an application of its own path", async ({ page, context }) => {
  await visit(page);
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
  const { appId } = await session.send("Page.getAppId");
  expect(appId).toBe(`${host.origin}${SUB_PATH}`);
  const { errors } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
});
