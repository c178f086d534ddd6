import { expect, type Page } from "@playwright/test";
import { expectAgreement, loadAndScore, PAGE, patchWorker } from "./engine-page";
import { expectPageRight, expectRightAgain, hastenWorkers, MODEL_PAGE, PAIRS, test, WASM } from "./fault";
import { replacesModel, runsFirst } from "./faulty-site";
import { responses, scoreButton } from "./page";

const NOT_CACHED = "The browser refused to store the files: the next visit downloads them again.";

/** The disk is full from so many bytes on. */
async function limitDisk(page: Page, quotaSize: number): Promise<void> {
  const { origin } = new URL(page.url());
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
}

for (const [full, quotaSize] of [
  ["at once", 1_000],
  ["when the runtime comes, after the model", 5_000_000],
] as const) {
  test(`scores from memory where the disk is full ${full}, and says so`, async ({ page }) => {
    await page.goto(PAGE);
    await limitDisk(page, quotaSize);
    const { model, scores } = await loadAndScore(page, WASM, PAIRS);
    expect(model.cached).toBe(false);
    expectAgreement(scores, "q8");
    await page.goto(MODEL_PAGE);
    await expectPageRight(page);
    await expect(page.getByText(NOT_CACHED)).toBeVisible();
  });
}

test("does not speak of storage where it works", async ({ page }) => {
  await page.goto(MODEL_PAGE);
  await expectPageRight(page);
  await expect(page.getByText(NOT_CACHED)).toHaveCount(0);
});

test("works where every store is refused, and says so", async ({ page }) => {
  const refuse = `
    for (const name of ["caches", "localStorage", "indexedDB"])
      if (name in self)
        Object.defineProperty(self, name, { get() { throw new DOMException("denied", "SecurityError"); } })`;
  await patchWorker(page, refuse);
  await page.addInitScript(refuse);
  await page.goto(MODEL_PAGE);
  await expectPageRight(page);
  await expect(page.getByText(NOT_CACHED)).toBeVisible();
  const notKept = page.getByText("Not kept: this browser refuses to store it.");
  await expect(notKept).toBeVisible();
  await responses(page).nth(0).fill("Paris.");
  await scoreButton(page).click();
  await expect(notKept).toBeVisible();
  await page.getByRole("button", { name: "Stored files" }).click();
  await expect(page.getByText("This browser keeps no files of models or runtime.")).toBeVisible();
});

const NEVER = "() => new Promise(() => undefined)";

for (const call of ["CacheStorage.prototype.open", "Cache.prototype.match", "Cache.prototype.put"]) {
  test(`scores from memory where storage does not answer, and says so: ${call}`, async ({ page }) => {
    await hastenWorkers(page, 5, `${call} = ${NEVER}`);
    await page.goto(MODEL_PAGE);
    await expectPageRight(page);
    await expect(page.getByText(NOT_CACHED)).toBeVisible();
  });
}

test("loads the model that took another's place, where only the browser's own cache has files", async ({
  page,
  site,
}) => {
  const kept = { "Cache-Control": "max-age=600" };
  site.faults.set(".js", runsFirst(`Object.defineProperty(self, "caches", { value: undefined })`));
  site.faults.set("", replacesModel("bert-seqcls", "bert-seqcls", kept));
  await page.goto(site.origin + PAGE);
  await expectRightAgain(page);
  site.faults.set("", replacesModel("bert-seqcls", "bert-reward", kept));
  const { scores } = await loadAndScore(page, WASM, PAIRS);
  expectAgreement(scores, "q8", "bert-reward");
});

test("stays as it is when the browser refuses to delete", async ({ page }) => {
  await page.addInitScript(() => {
    CacheStorage.prototype.delete = () => Promise.reject(new DOMException("denied", "SecurityError"));
  });
  await page.goto(MODEL_PAGE);
  await expectPageRight(page);
  await page.getByRole("button", { name: "Stored files" }).click();
  await page.getByRole("button", { name: "Delete stored files" }).click();
  await expect(page.getByText("onnx/model_quantized.onnx_data")).toBeVisible();
});

test("fetches anew what was cut in the cache", async ({ page }) => {
  await page.goto(PAGE);
  await loadAndScore(page, WASM, []);
  await page.evaluate(async () => {
    const cache = await caches.open("reward-scorer");
    for (const request of await cache.keys()) {
      const bytes = await (await cache.match(request))!.arrayBuffer();
      await cache.put(request, new Response(bytes.slice(0, bytes.byteLength / 2)));
    }
  });
  await expectRightAgain(page);
});

test("blames the server, not the copy gone bad, when neither gives the manifest", async ({ page, site }) => {
  await page.goto(site.origin + PAGE);
  await loadAndScore(page, WASM, []);
  await page.evaluate(async () => {
    const cache = await caches.open("reward-scorer");
    for (const request of await cache.keys()) await cache.put(request, new Response("bad"));
  });
  site.faults.set("reward.json", (response) => void response.destroy());
  const code = await page.evaluate(
    (options) => window.engine.createScorer(options).catch((error) => error.code),
    WASM,
  );
  expect(code).toBe("download-failed");
  site.faults.clear();
  await expectRightAgain(page);
});
