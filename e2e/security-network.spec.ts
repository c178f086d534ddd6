import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { changeManifest } from "./engine-page";
import { expectScored, openScored, prompt, responses, results, scoreButton, slider } from "./page";

/** In every text typed here; it is to be found nowhere but in the draft. */
const SECRET = "zibeline7";

/** Whatever leaves the browser's pages and workers: requests, sockets, beacons. */
function watchNetwork(context: BrowserContext): string[] {
  const seen: string[] = [];
  context.on("request", (request) => seen.push(`${request.method()} ${request.url()}`));
  const watchPage = (page: Page) => page.on("websocket", (socket) => seen.push(`socket ${socket.url()}`));
  context.pages().forEach(watchPage);
  context.on("page", watchPage);
  return seen;
}

test("fetches a model of the page's list from the page's own origin alone", async ({ page, context }) => {
  const seen = watchNetwork(context);
  await openScored(page);
  const origin = new URL(page.url()).origin;
  expect(seen.filter((request) => !request.startsWith(`GET ${origin}/`))).toEqual([]);
  for (const file of [
    /\/models\/index\.json$/,
    /\/reward\.json$/,
    /\.onnx_data$/,
    /\.zstd$/,
    /scorer-worker/,
  ]) {
    expect(seen).toContainEqual(expect.stringMatching(file));
  }
});

test("sends nothing while typing, scoring, moving alpha and opening whatever opens", async ({
  page,
  context,
}) => {
  await openScored(page);
  const seen = watchNetwork(context);
  await prompt(page).fill(`Does ${SECRET} leave the browser?`);
  await page.getByRole("button", { name: "Add response" }).click();
  await page.keyboard.insertText(`It does not, ${SECRET}.`);
  await page.keyboard.press("Control+Enter");
  await expectScored(page);
  await responses(page).nth(0).fill(`${SECRET} `.repeat(600));
  await scoreButton(page).click();
  await expectScored(page);
  await expect(page.getByText(/tokens were not read$/)).toBeVisible();
  await slider(page).fill("5");
  await page.getByLabel("α value").fill("0.5");
  await page.getByRole("checkbox", { name: "Best first" }).check();
  await page.getByRole("button", { name: /^WASM · / }).click();
  for (const name of ["About this model", "How it is checked", "Stored files"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.getByRole("button", { name: "Remove response 3" }).click();
  await page.getByRole("button", { name: "Reset to the example" }).click();
  await page.getByRole("button", { name: "Bring the earlier texts back" }).click();
  await expectScored(page);
  expect(seen).toEqual([]);
});

test("keeps texts in the draft and nowhere else", async ({ page, context }) => {
  await openScored(page);
  await prompt(page).fill(`Where is ${SECRET}?`);
  await responses(page).nth(0).fill(`Here is ${SECRET}.`);
  await scoreButton(page).click();
  await expectScored(page);
  expect(await results(page).count()).toBe(2);
  const kept = await page.evaluate(async () => {
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = (await cache.match(request))!;
        cached.push(request.url, ...[...response.headers].flat());
        if (request.url.includes("/manifest/")) cached.push(await response.text());
      }
    }
    return {
      cached,
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases(),
      state: JSON.stringify([document.cookie, document.title, history.state, location.href, name]),
    };
  });
  const { "reward-scorer.draft": draft, ...local } = kept.local;
  expect(draft).toContain(SECRET);
  expect(kept.session).toEqual({ "reward-scorer.draft": draft });
  expect(kept.cached.length).toBeGreaterThan(5);
  expect(JSON.stringify({ ...kept, local, session: {} })).not.toContain(SECRET);
  expect(kept).toMatchObject({ databases: [] });
  expect(await context.cookies()).toEqual([]);
  expect(page.url()).not.toContain(SECRET);
});

test("sends the texts nowhere when the worker fails and is replaced", async ({ page, context }) => {
  await openScored(page);
  const seen = watchNetwork(context);
  await prompt(page).fill(SECRET);
  await page.workers()[0]!.evaluate(() => void queueMicrotask(() => JSON.parse("{")));
  await scoreButton(page).click();
  await expectScored(page);
  expect(seen).not.toEqual([]);
  const origin = new URL(page.url()).origin;
  expect(seen.filter((request) => !request.startsWith(`GET ${origin}/`))).toEqual([]);
  expect(seen.join()).not.toContain(SECRET);
});

test("fetches no address that a manifest's texts name", async ({ page, context }) => {
  const seen = watchNetwork(context);
  await changeManifest(page, (manifest) => {
    manifest.description = "https://evil.example/a ![](https://evil.example/b)";
    manifest.licence = "url(https://evil.example/c)";
    manifest.source.repository = "//evil.example/d";
  });
  await openScored(page);
  await page.getByRole("button", { name: "About this model" }).click();
  await expect(page.getByText("//evil.example/d")).toBeVisible();
  expect(seen.filter((request) => request.includes("evil"))).toEqual([]);
});
