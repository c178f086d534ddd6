import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { RewardScorer } from "../src/ui/index";
import {
  cancelButtons,
  EAGER,
  expectShown,
  failures,
  listenForFiles,
  loadButtons,
  PAIR,
  SCRIPT,
  tryAgain,
  WASM,
  widget,
} from "./element-page";
import { endsOnScore, patchWorker } from "./engine-page";
import { hostOf, LIB, serveFolders } from "./library-site";

const host = hostOf(LIB);

/** Answer as a server that is down. @returns what mends it */
async function refuse(page: Page, path: string): Promise<() => Promise<void>> {
  await page.route(path, (route) => route.fulfill({ status: 503 }));
  return () => page.unroute(path);
}

/** The first worker ends when it is asked to score. */
function endFirstWorker(page: Page): Promise<void> {
  return patchWorker(page, endsOnScore(), 1);
}

test("serves every element that failed by one more try, and leaves the others' failures", async ({
  page,
}) => {
  const mend = await refuse(page, "**/reward.json");
  await host.open(
    page,
    `${SCRIPT}${EAGER.repeat(5)}
    <reward-scorer loading="eager" device="wasm" model="LIB/models/none/" ${PAIR}></reward-scorer>
    <reward-scorer device="wasm" model="http://[" ${PAIR}></reward-scorer>`,
  );
  await expect(failures(page)).toHaveCount(7);
  await mend();
  const asked = listenForFiles(page);
  await tryAgain(page).first().click();
  await expectShown(page, 5);
  await expect(failures(page)).toHaveCount(2);
  expect(asked.filter((request) => request.url().includes("/none/"))).toEqual([]);
});

test("serves every element by one more try when the worker has died and was not to be replaced", async ({
  page,
}) => {
  const mend = await refuse(page, "**/scorer-worker.js");
  await endFirstWorker(page);
  await host.open(page, SCRIPT + EAGER.repeat(5));
  await expect(failures(page)).toHaveCount(5);
  await mend();
  await tryAgain(page).last().click();
  await expectShown(page, 5);
});

test("scores what stands beside a text that ends every worker", async ({ page }) => {
  await patchWorker(page, endsOnScore("Die."));
  const deadly = EAGER.replace("Google it pal.", "Die.");
  await host.open(page, SCRIPT + EAGER + EAGER + deadly + EAGER + EAGER);
  await expect(failures(page)).toHaveCount(1);
  await expectShown(page, 4);
});

test("loads by one more try the model that took the place of one whose worker has died", async ({ page }) => {
  using models = await serveFolders(join(import.meta.dirname, "../.cache/models"));
  const model = `${models.origin}/bert-seqcls/`;
  const element = `<reward-scorer loading="eager" device="wasm" model="${model}" ${PAIR}></reward-scorer>`;
  await host.open(page, SCRIPT + element + element);
  await expectShown(page, 2);
  const before = await widget(page)
    .first()
    .evaluate((element: RewardScorer) => element.value);
  await page.route(`${model}**`, (route) =>
    route.continue({ url: route.request().url().replace("/bert-seqcls/", "/bert-reward/") }),
  );
  await page.evaluate(() => caches.delete("reward-scorer"));
  await page.workers()[0]!.evaluate(() => void setTimeout(close));
  for (const at of [0, 1]) {
    await widget(page)
      .nth(at)
      .evaluate((element: RewardScorer) => element.load());
    await expect(failures(page)).toHaveCount(at + 1);
  }
  await tryAgain(page).first().click();
  await expectShown(page, 2);
  const values = await widget(page).evaluateAll((elements: RewardScorer[]) =>
    elements.map(({ value }) => value),
  );
  expect(new Set(values).size).toBe(1);
  expect(values[0]).not.toBe(before);
});

test("shows where the load of another worker stands when one has died, and cancels it", async ({ page }) => {
  let loads = 0;
  await page.route("**/tokenizer.json", (route) => (loads++ === 0 ? route.continue() : undefined));
  await patchWorker(page, `Object.defineProperty(self, "caches", { value: undefined })`); // all is fetched again
  await endFirstWorker(page);
  await host.open(page, SCRIPT + WASM);
  await loadButtons(page).click();
  await expect.poll(() => loads).toBe(2);
  await expect(page.getByRole("progressbar")).toBeVisible();
  await cancelButtons(page).click();
  await expect(loadButtons(page)).toBeVisible();
});
