import { expect, type Page, test } from "@playwright/test";
import { clockBy, HARDWARE_GPU, patchWorker } from "./engine-page";
import {
  expectScored,
  holdModel,
  missModel,
  openFile,
  openScored,
  prompt,
  responses,
  results,
  scoreButton,
  slider,
  WASM_PAGE,
} from "./page";

test("runs on WASM when asked, and says so", async ({ page }) => {
  await openScored(page);
  await page.getByRole("button", { name: /^WASM · .*checked$/ }).click();
  await expect(page.getByRole("heading", { name: "Backends tried" })).toBeVisible();
  await expect(page.getByText(/in use/)).toBeVisible();
  await expect(page.getByText(/largest error 0\.\d+/)).toBeVisible();
});

test("says how fast each backend was, once a slow GPU was left for WASM", async ({ page }) => {
  await patchWorker(page, `${HARDWARE_GPU}; ${clockBy(1000)}`);
  await page.goto("/?model=models/bert-seqcls/");
  await expectScored(page, 100_000);
  await expect(page.getByRole("button", { name: "WebGPU · checked" })).toBeVisible();
  await page.reload();
  await expectScored(page);
  await page.getByRole("button", { name: /^WASM · .*checked$/ }).click();
  await expect(page.getByText(/^WASM: [\d.,]+ ms a pair, WebGPU: [\d.,]+ ms$/)).toBeVisible();
});

test("takes the alpha from the address", async ({ page }) => {
  await openScored(page, "/?device=wasm&alpha=2.5");
  await expect(slider(page)).toHaveValue("2.5");
  await page.getByRole("button", { name: "Back to 10.0" }).click();
  await expect(slider(page)).toHaveValue("10");
});

test("says which parameters it could not use, and works without them", async ({ page }) => {
  await openScored(page, "/?device=gpu&alpha=-3&lang=xx");
  await expect(page.getByText("device=gpu is not known")).toBeVisible();
  await expect(page.getByText("alpha=-3 is not a number from 0 to 20")).toBeVisible();
  await expect(page.getByText("lang=xx is not available")).toBeVisible();
});

test("lists what is available when the address names an unknown model", async ({ page }) => {
  await openScored(page, "/?device=wasm&model=%3Cb%3Enope");
  await expect(page.getByText('There is no model "<b>nope" here. Available: demo.')).toBeVisible();
});

test("takes texts while the model loads, and scores them then", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/reward.json", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(WASM_PAGE);
  await expect(page.getByRole("progressbar")).toBeVisible();
  await responses(page).nth(0).fill("Typed while loading.");
  await scoreButton(page).click();
  await expect(page.getByText("Waiting for the model")).toBeVisible();
  release();
  await expectScored(page);
  await expect(page.getByRole("progressbar")).toHaveCount(0);
});

test("stops loading when cancelled, and loads when asked again", async ({ page }) => {
  await holdModel(page);
  await page.goto(WASM_PAGE);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("No model loaded")).toBeVisible();
  await expect(prompt(page)).toHaveValue("What is the capital of France?");
  await expect.poll(() => page.workers().length).toBe(0); // it may be at work on the runtime
  await page.unroute("**/reward.json");
  await page.getByRole("button", { name: "Load model" }).click();
  await expect(page.getByRole("button", { name: /^WASM · / })).toBeVisible();
  await expect(results(page).first()).toContainText("not scored yet");
  await scoreButton(page).click();
  await expectScored(page);
});

test("says why a model did not load, and tries again", async ({ page }) => {
  await missModel(page);
  await page.goto(WASM_PAGE);
  const notice = page.getByRole("alert");
  await expect(notice.getByRole("heading", { name: "The model is not there" })).toBeVisible();
  await expect(notice).toContainText("have not left this browser");
  await page.unroute("**/reward.json");
  await notice.getByRole("button", { name: "Try again" }).click();
  await expectScored(page);
  await expect(notice).toHaveCount(0);
});

test("says that the list of models is missing", async ({ page }) => {
  await page.route("**/models/index.json", (route) => route.fulfill({ status: 500 }));
  await page.goto(WASM_PAGE);
  await expect(page.getByRole("alert")).toContainText("models/index.json: status 500");
});

test("tries for the list of models again, once for every press", async ({ page }) => {
  await page.route("**/models/index.json", (route) => route.fulfill({ status: 500 }));
  await page.goto("/?device=wasm&model=nope");
  const again = page.getByRole("alert").getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.unroute("**/models/index.json");
  await page.route("**/models/index.json", async (route) => {
    await held;
    await route.continue();
  });
  await again.click();
  await expect(again).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  answer();
  await expectScored(page);
  await expect(page.getByText('There is no model "nope" here.')).toHaveCount(1);
});

test("scores with a model that was chosen while another one scored", async ({ page }) => {
  const models = ["demo", "bert-reward"].map((name) => ({ name, title: name }));
  await page.route("**/models/index.json", (route) => route.fulfill({ json: { models } }));
  await openScored(page);
  const rows = Array.from({ length: 60 }, (_, at) => ({
    prompt: "Count.",
    response: `${at} things `.repeat(300),
  }));
  await openFile(page, "long.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
  await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
  await page.getByLabel("Model", { exact: true }).selectOption("bert-reward");
  await expect(page.getByText("Waiting for the model")).toBeVisible();
  await expect(responses(page)).toHaveCount(rows.length);
  await expectScored(page, 60_000);
  expect(new URL(page.url()).searchParams.get("model")).toBe("bert-reward");
});

test("asks before it loads a model of another site", async ({ page }) => {
  const asked: string[] = [];
  await page.route("https://models.example/**", async (route) => {
    asked.push(route.request().url());
    await route.fulfill({ status: 404 });
  });
  const url = `/?device=wasm&model=${encodeURIComponent("https://models.example/a/<i>Model")}`;
  await page.goto(url);
  await expect(
    page.getByRole("heading", { name: "Load a model from https://models.example?" }),
  ).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByRole("button", { name: "Load from https://models.example" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(asked[0]).toContain("https://models.example/a/");

  await page.goto(url);
  await page.getByRole("button", { name: "Use Demo model" }).click();
  await expectScored(page);
  expect(new URL(page.url()).searchParams.get("model")).toBe("demo");
});

test("shows titles of models as text and changes the model", async ({ page }) => {
  await page.route("**/models/index.json", (route) =>
    route.fulfill({
      json: {
        models: [
          { name: "demo", title: "Demo model" },
          { name: "bert-reward", title: "<img src=x>" },
        ],
      },
    }),
  );
  await openScored(page);
  const ended = page.workers()[0]!.waitForEvent("close");
  const before = await results(page).first().innerText();
  await page.getByLabel("Model", { exact: true }).selectOption("<img src=x>");
  await expect(results(page).first()).not.toHaveText(before);
  await expectScored(page);
  await ended;
  expect(new URL(page.url()).searchParams.get("model")).toBe("bert-reward");
  await expect(page.locator("img")).toHaveCount(0);
});

test("says what the model is and how it is checked", async ({ page }) => {
  await openScored(page);
  await page.getByRole("button", { name: "About this model" }).click();
  const about = page.getByRole("dialog", { name: "About this model" });
  await expect(about).toBeVisible();
  await expect(page.getByText("This is a small demonstration model")).toBeVisible();
  await expect(page.getByText(/^npx reward-scorer convert nicholasKluge\/RewardModel --out/)).toBeVisible();
  await expect(page.getByText("Apache-2.0")).toBeVisible();
  await expect(page.getByText(/^[0-9a-f]{64}$/)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(about).toBeHidden();
  await page.getByRole("button", { name: "How it is checked" }).click();
  const checked = page.getByRole("dialog", { name: "How it is checked" });
  await expect(page.getByText("Largest error here")).toBeVisible();
  await expect(page.getByText(/^0\.\d+ in reward units$/)).toHaveCount(3);
  await checked.getByRole("button", { name: "Close" }).click();
  await expect(checked).toBeHidden();
});

test("keeps a dialog open while a text is selected out of it, and closes it by a click beside it", async ({
  page,
}) => {
  await openScored(page);
  await page.getByRole("button", { name: "About this model" }).click();
  const about = page.getByRole("dialog", { name: "About this model" });
  const hash = page.getByText(/^[0-9a-f]{64}$/);
  await hash.scrollIntoViewIfNeeded();
  const text = (await hash.boundingBox())!;
  await page.mouse.move(text.x + 40, text.y + 8);
  await page.mouse.down();
  await page.mouse.move(5, text.y + 8, { steps: 5 });
  await page.mouse.up();
  await expect(about).toBeVisible();
  expect(await page.evaluate(() => String(getSelection()))).toMatch(/[0-9a-f]/);
  await page.mouse.click(5, 5);
  await expect(about).toBeHidden();
});

/** Content hashes and manifests that the engine keeps. */
function keptKeys(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const requests = await (await caches.open("reward-scorer")).keys();
    return requests.map(({ url }) => new URL(url).pathname);
  });
}

test("shows what is stored, by model, and deletes it", async ({ page }) => {
  await openScored(page);
  await page.getByRole("button", { name: "Stored files" }).click();
  await expect(page.getByRole("dialog", { name: "Stored files" })).toBeVisible();
  await expect(page.getByText("onnx/model_quantized.onnx_data")).toBeVisible();
  await expect(page.locator("rs-stored-files .row").filter({ hasText: "tokenizer_config.json" })).toHaveText(
    /tokenizer_config\.json\s*[1-9]\d* kB/,
  );
  await expect(page.getByText(/This browser keeps \d+ files, 1\d\.\d MB/)).toBeVisible();
  await expect(
    page.getByText(/The browser allows this site about [\d,.]+ MB; \d+\.\d MB are in use/),
  ).toBeVisible();
  await page.getByRole("button", { name: "Delete stored files" }).click();
  await expect(page.getByText("This browser keeps no files of models or runtime.")).toBeFocused();
  expect(await keptKeys(page)).toEqual([]);
});

test("deletes one model's files and leaves the others", async ({ page }) => {
  await openScored(page);
  const before = await keptKeys(page);
  await page.getByRole("button", { name: "Stored files" }).click();
  const stored = page.locator("rs-stored-files");
  await expect(stored.getByRole("heading", { level: 3 })).toHaveText([
    /demo/i,
    "ONNX Runtime, which runs every model",
  ]);
  await stored.getByRole("button", { name: /^Delete: .*demo/i }).press("Enter");
  await expect(stored.getByRole("heading", { level: 3 })).toHaveText([
    "ONNX Runtime, which runs every model",
  ]);
  await expect(stored.getByText(/This browser keeps 1 file, /)).toBeFocused();
  const after = await keptKeys(page);
  expect(after).toHaveLength(1);
  expect(before).toEqual(expect.arrayContaining(after));
  expect(after[0]).toMatch(/^\/reward-scorer\/sha256\/[0-9a-f]{64}$/);
});

test("says which files two models share, and keeps them for the other", async ({ page }) => {
  await openScored(page);
  await keepTwin(page, "Twin");
  await page.getByRole("button", { name: "Stored files" }).click();
  const models = page.locator("rs-stored-files .groups > li");
  const shared = "onnx/model_quantized.onnx_data (shared with Twin; stays when only this model is deleted)";
  await expect(models.nth(0)).toContainText(shared);
  await expect(models.nth(1)).toContainText(/\(shared with .*demo/i);
  await page.getByRole("button", { name: /^Delete: .*demo/i }).click();
  await expect(page.locator("rs-stored-files h3")).toHaveText(["Twin", /^ONNX Runtime/]);
  await expect(models.first()).toContainText("onnx/model_quantized.onnx_data");
  await expect(page.getByText(/shared with/)).toHaveCount(0);
});

/** The browser keeps a model of another folder with the same files. */
async function keepTwin(page: Page, name: string): Promise<void> {
  await page.evaluate(async (name) => {
    const cache = await caches.open("reward-scorer");
    const kept = (await cache.keys()).find(({ url }) => url.includes("/manifest/"))!;
    const manifest = await (await cache.match(kept))!.json();
    const url = `/reward-scorer/manifest/${encodeURIComponent("https://other.example/twin/reward.json")}`;
    await cache.put(url, Response.json({ ...manifest, name }));
  }, name);
}

test("says plainly that the model is a demonstration", async ({ page }) => {
  await openScored(page);
  await expect(page.getByText("This one is a small demonstration")).toBeVisible();
});

test("copies the command that brings the real model", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openScored(page);
  await page.getByRole("button", { name: "About this model" }).click();
  await page.getByRole("button", { name: "Copy command" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    "npx reward-scorer convert nicholasKluge/RewardModel --out public/models/RewardModel",
  );
});
