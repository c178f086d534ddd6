import { expect, type Page, test } from "@playwright/test";
import { hostPage, press, type Scorer, SITE, score, widget } from "./frame-host";
import { hostOf } from "./library-site";

const host = hostOf(SITE);

declare const scorer: Scorer;

const PROMPT = "What is the capital of France?";
const RESPONSES = ["Paris.", "Google it pal."] as const;

test("tells its host what failed, and that nothing was scored", async ({ page }) => {
  await host.open(page, hostPage("", "device=wasm&model=LIB/models/none/"));
  const failure = page.evaluate(
    async ([prompt, responses]) =>
      (await scorer).score({ prompt, responses }).catch(({ name, code, message }) => [name, code, message]),
    [PROMPT, RESPONSES] as const,
  );
  await press(page);
  const [name, code, message] = (await failure) as string[];
  expect([name, code]).toEqual(["ScorerError", "model-not-found"]);
  expect(message).toContain("/models/none/");
  await expect(widget(page).getByRole("alert")).toContainText("The model is not there");
});

test("tells its host that the list of models is not there, and scores after another try", async ({
  page,
}) => {
  await page.route("**/models/index.json", (route) => route.fulfill({ status: 503 }));
  await host.open(page, hostPage());
  const failures = page.evaluate(
    async ([prompt, responses]) => {
      const frame = await scorer;
      const failure = () => frame.score({ prompt, responses }).catch(({ code, message }) => [code, message]);
      return [await failure(), await failure()];
    },
    [PROMPT, RESPONSES] as const,
  );
  const failure = ["download-failed", `${host.library}/models/index.json: status 503`];
  expect(await failures).toEqual([failure, failure]);
  await page.unroute("**/models/index.json");
  await widget(page).getByRole("button", { name: "Try again" }).press("Enter");
  await expect(widget(page).locator("rs-embed-frame")).toBeFocused();
  const told = score(page, { prompt: PROMPT, responses: RESPONSES });
  await press(page);
  expect((await told).scores).toHaveLength(2);
});

test("opens the newer version where the host has no file of its own any more, and is asked again", async ({
  page,
}) => {
  await host.open(page, hostPage());
  const told = score(page, { prompt: PROMPT, responses: RESPONSES });
  await deployAnew(page);
  await pressToReload(page);
  await page.unroute("**/scorer-worker*.js");
  await press(page);
  expect((await told).scores).toHaveLength(2);
});

test("opens a version that seems newer once, and says then what failed", async ({ page }) => {
  await host.open(page, hostPage());
  const told = score(page, { prompt: PROMPT, responses: RESPONSES }).catch(({ message }) => message);
  await deployAnew(page);
  await pressToReload(page);
  await page.unroute("**/embed.html*"); // whose scripts are not those that run
  await press(page);
  expect(await told).toContain("failed to start");
});

/** As if the host had another version of the frame's page, its script by another name, and no worker's script. */
async function deployAnew(page: Page): Promise<void> {
  await page.route("**/embed.html*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("/embed-", "/newer-") });
  });
  await page.route("**/newer-*", (route) =>
    route.continue({ url: route.request().url().replace("/newer-", "/embed-") }),
  );
  await page.route("**/scorer-worker*.js", (route) => route.fulfill({ status: 404 }));
}

async function pressToReload(page: Page): Promise<void> {
  await press(page);
  await expect(widget(page).locator('script[src*="/newer-"]')).toBeAttached();
}
