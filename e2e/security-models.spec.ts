import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { FileEntry } from "../src/shared/manifest";
import { changeManifest, keepOnly, loadFailure, PAGE, patchWorker } from "./engine-page";
import { expectScored, prompt, WASM_PAGE } from "./page";

const MODEL = { model: "../../models/demo", device: "wasm" } as const;
const DEMO = join(import.meta.dirname, "../public/models/demo");

function hostsOf(urls: readonly string[]): Set<string> {
  return new Set(urls.map((url) => new URL(url).hostname));
}

function watchUrls(page: Page): string[] {
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  return urls;
}

/** Serve another file than the one on disk, and have the manifest vouch for it. */
async function changeFile(page: Page, path: string, body: Buffer, bytes = body.length): Promise<void> {
  await page.route(`**/models/demo/${path}`, (route) => route.fulfill({ body }));
  await changeManifest(page, (manifest) => {
    keepOnly(manifest, ({ dtype }) => dtype === "q8");
    const [artifact] = manifest.artifacts;
    const files: FileEntry[] = [...manifest.files, ...artifact!.graphs, ...artifact!.weights];
    const sha256 = createHash("sha256").update(body).digest("hex");
    Object.assign(files.find((file) => file.path === path)!, { bytes, sha256 });
  });
}

for (const address of [
  "//models.example/x",
  " https://models.example/x",
  "/\\models.example/x",
  "ht\ntps://models.example/x?y#z",
]) {
  test(`names the other site of ${JSON.stringify(address)}, and asks before a request`, async ({ page }) => {
    const urls = watchUrls(page);
    await page.goto(`${WASM_PAGE}&model=${encodeURIComponent(address)}`);
    await expect(
      page.getByRole("heading", { name: /^Load a model from https?:\/\/models\.example\?$/ }),
    ).toBeVisible();
    await expect(page.locator("code").filter({ hasText: /^https?:\/\/models\.example\/x$/ })).toBeVisible();
    expect(hostsOf(urls)).toEqual(new Set(["localhost"]));
  });
}

test("takes no address for a model that hides where it leads", async ({ page }) => {
  const urls = watchUrls(page);
  await page.goto(`${WASM_PAGE}&model=${encodeURIComponent("https://localhost@models.example/x")}`);
  await expect(page.getByText('There is no model "https://localhost@models.example/x" here.')).toBeVisible();
  await expectScored(page);
  expect(hostsOf(urls)).toEqual(new Set(["localhost"]));
});

test("reads no list of models that leaves its folder", async ({ page }) => {
  const urls = watchUrls(page);
  const models = [{ name: "../../evil", title: "Demo model" }];
  await page.route("**/models/index.json", (route) => route.fulfill({ json: { models } }));
  await page.goto(WASM_PAGE);
  await expect(page.getByRole("alert")).toContainText("models.0.name: expected a folder name");
  expect(urls.filter((url) => url.includes("evil"))).toEqual([]);
});

test("loads the model of another site once a person agreed, and the rest from its own", async ({ page }) => {
  const urls = watchUrls(page);
  await page.route("https://models.example/demo/**", async (route) => {
    const path = new URL(route.request().url()).pathname.replace("/demo/", "");
    const headers = { "Access-Control-Allow-Origin": "*" };
    await route.fulfill({ headers, body: readFileSync(join(DEMO, path)) });
  });
  await page.goto(`${WASM_PAGE}&model=${encodeURIComponent("https://models.example/demo")}`);
  await page.getByRole("button", { name: "Load from https://models.example" }).click();
  await expectScored(page);
  const origin = new URL(page.url()).origin;
  const foreign = urls.filter((url) => !url.startsWith(`${origin}/`));
  expect(foreign.filter((url) => !url.startsWith("https://models.example/demo/"))).toEqual([]);
  expect(foreign.length).toBeGreaterThan(4);
  expect(urls.filter((url) => url.startsWith(`${origin}/models/`))).toEqual([`${origin}/models/index.json`]);
});

for (const path of [
  "../demo/tokenizer.json",
  "%2e%2e/tokenizer.json",
  "//evil.example/x",
  "onnx\\x",
  "x?y",
]) {
  test(`fetches nothing for a manifest with the path ${path}`, async ({ page }) => {
    await page.goto(PAGE);
    await changeManifest(page, ({ files }) => {
      files.find((file) => file.path === "tokenizer.json")!.path = path;
    });
    const urls = watchUrls(page);
    expect(await loadFailure(page, MODEL)).toMatchObject({
      code: "malformed-model",
      message: "reward.json: files.1.path: expected a path inside the folder",
    });
    expect(urls.filter((url) => /models|evil/.test(url) && !url.endsWith("/reward.json"))).toEqual([]);
  });
}

test("fetches no weights that a graph names and the manifest does not", async ({ page }) => {
  await page.goto(PAGE);
  const path = "onnx/model_quantized.onnx";
  const graph = readFileSync(join(DEMO, path), "latin1");
  const elsewhere = graph.replaceAll("model_quantized.onnx_data", "//evil.example/onnx_data2");
  expect(elsewhere).not.toBe(graph);
  await changeFile(page, path, Buffer.from(elsewhere, "latin1"));
  const urls = watchUrls(page);
  expect(await loadFailure(page, MODEL)).toMatchObject({ code: "no-execution-provider" });
  expect(urls.filter((url) => url.includes("evil") || url.endsWith("onnx_data2"))).toEqual([]);
});

test("takes a file of ten bytes for one, whatever length is stated", async ({ page }) => {
  await page.goto(PAGE);
  await patchWorker(
    page,
    `self.Uint8Array = class extends Uint8Array {
      constructor(...options) {
        if (options[0] > 1e9) throw new Error("allocated " + options[0]);
        super(...options);
      }
    }`,
  );
  const path = "onnx/model_quantized.onnx_data";
  await changeFile(page, path, Buffer.from("ten bytes."), 4_000_000_000);
  expect(await loadFailure(page, MODEL)).toMatchObject({
    code: "integrity-mismatch",
    message: `${path}: expected 4000000000 bytes, got 10`,
  });
});

test("refuses a tokenizer with a pattern that never ends, and stays responsive", async ({ page }) => {
  const tokenizer = JSON.parse(readFileSync(join(DEMO, "tokenizer.json"), "utf8"));
  tokenizer.pre_tokenizer.pretokenizers[1].pattern.Regex = "(?:\\p{L}+)+$";
  await changeFile(page, "tokenizer.json", Buffer.from(JSON.stringify(tokenizer)));
  await page.addInitScript(
    (text) => localStorage.setItem("reward-scorer.draft", text),
    JSON.stringify({ prompt: `${"a".repeat(90)}!`, responses: [`${"b".repeat(90)}!`] }),
  );
  await page.goto(WASM_PAGE);
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("The model folder cannot be read");
  await expect(notice).toContainText(
    "tokenizer.json: pre_tokenizer.pretokenizers.1.pattern.Regex: expected a pattern that convert writes",
  );
  await prompt(page).fill("Still here.");
  await expect(prompt(page)).toHaveValue("Still here.");
});

test("cancels a load whose worker never answers again", async ({ page }) => {
  await patchWorker(
    page,
    `addEventListener("message", ({ data }) => { while (data.path?.[0] === "load"); })`,
  );
  await page.goto(WASM_PAGE);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("No model loaded")).toBeVisible();
  await expect.poll(() => page.workers().length).toBe(0);
  await prompt(page).fill("Still here.");
  await expect(prompt(page)).toHaveValue("Still here.");
});
