import { expect } from "@playwright/test";
import { loadFailure, PAGE } from "./engine-page";
import {
  expectNotice,
  expectNoWorker,
  expectPageRight,
  expectRightAgain,
  hastenWorkers,
  MODEL_PAGE,
  test,
  tryAgain,
  WASM,
} from "./fault";
import {
  answersWith,
  cutsAt,
  type Fault,
  redirectsTo,
  sendsSlowly,
  sendsWrongByte,
  stallsAt,
  staysSilent,
} from "./faulty-site";
import { prompt, responses, scoreButton } from "./page";

const MANIFEST = "bert-seqcls/reward.json";
const TOKENIZER = "bert-seqcls/tokenizer.json";
const WEIGHTS = "bert-seqcls/onnx/model_quantized.onnx_data";
const INDEX = "/models/index.json";

/** Backoff and the limit of 20 s without a byte pass 20 times faster. */
const HASTE = 20;

interface Case {
  fault: string;
  file: string;
  what: Fault;
  heading: string;
  message: string | RegExp;
}

const CASES: Case[] = [
  {
    fault: "a missing file",
    file: WEIGHTS,
    what: answersWith(404),
    heading: "The model is not there",
    message: "onnx/model_quantized.onnx_data: status 404",
  },
  {
    fault: "a failing server",
    file: WEIGHTS,
    what: answersWith(500),
    heading: "The download failed",
    message: "onnx/model_quantized.onnx_data: status 500",
  },
  {
    fault: "a server that never answers for the manifest",
    file: MANIFEST,
    what: staysSilent,
    heading: "The download failed",
    message: /reward\.json: no answer from .*no answer within 20 s/s,
  },
  {
    fault: "a manifest that stops half way",
    file: MANIFEST,
    what: stallsAt(0.5),
    heading: "The download failed",
    message: /reward\.json: connection cut.*no answer within 20 s/s,
  },
  {
    fault: "a server that never answers for the weights",
    file: WEIGHTS,
    what: staysSilent,
    heading: "The download failed",
    message: /model_quantized\.onnx_data: no answer from .*no answer within 20 s/s,
  },
  {
    fault: "weights that stop half way, the connection staying open",
    file: WEIGHTS,
    what: stallsAt(0.5),
    heading: "The download failed",
    message: /model_quantized\.onnx_data: cut after \d+ of \d+ bytes.*no answer within 20 s/s,
  },
  {
    fault: "weights cut at 30 % every time",
    file: WEIGHTS,
    what: cutsAt(0.3),
    heading: "The download failed",
    message: /model_quantized\.onnx_data: cut after \d+ of \d+ bytes/,
  },
  {
    fault: "wrong bytes of the right length",
    file: TOKENIZER,
    what: sendsWrongByte,
    heading: "A file is not the one the model names",
    message: /tokenizer\.json: expected sha256 [0-9a-f]{64}, got [0-9a-f]{64}/,
  },
  {
    fault: "a runtime that stops half way",
    file: ".zstd",
    what: stallsAt(0.5),
    heading: "The download failed",
    message: /ort-wasm-[^ ]*\.zstd: cut after \d+ of \d+ bytes/,
  },
];

for (const { fault, file, what, heading, message } of CASES) {
  test(`says what failed and recovers: ${fault}`, async ({ page, site }) => {
    site.faults.set(file, what);
    await hastenWorkers(page, HASTE);
    await page.goto(site.origin + MODEL_PAGE);
    await expectNotice(page, heading, message);
    await expectNoWorker(page);
    site.faults.clear();
    await tryAgain(page);
    await expectPageRight(page);
  });
}

test("takes up weights that were cut at 30 % where they were cut", async ({ page, site }) => {
  await page.goto(site.origin + PAGE);
  const cut = cutsAt(0.3);
  site.faults.set(WEIGHTS, (...request) => {
    site.faults.clear();
    cut(...request);
  });
  await expectRightAgain(page);
  expect(site.requests.filter((path) => path.endsWith(WEIGHTS))).toHaveLength(2);
});

test("shows a slow download moving, and stops it when cancelled", async ({ page, site }) => {
  site.faults.set(WEIGHTS, sendsSlowly(10_000));
  await page.goto(site.origin + MODEL_PAGE);
  const bar = page.getByRole("progressbar", { name: /^Model \d/ });
  const value = async () => Number(await bar.getAttribute("value"));
  await expect(bar).toBeVisible();
  const first = await value();
  await expect.poll(value).toBeGreaterThan(first);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("The model was not loaded. Your texts stay as they are.")).toBeVisible();
  await expectNoWorker(page);
  site.faults.clear();
  await scoreButton(page).click();
  await expectPageRight(page);
});

test("follows a redirect on its own site", async ({ page, site }) => {
  site.faults.set(MANIFEST, redirectsTo());
  site.faults.set(WEIGHTS, redirectsTo());
  await page.goto(site.origin + PAGE);
  await expectRightAgain(page);
});

for (const [name, file] of [
  ["manifest", MANIFEST],
  ["weights", WEIGHTS],
] as const) {
  test(`follows no redirect of the ${name} to another site, and asks nothing there`, async ({
    page,
    site,
  }) => {
    // No route here: a browser that is watched so refuses this redirect whatever we do.
    site.faults.set(file, redirectsTo(site.origin.replace("localhost", "127.0.0.1")));
    await page.goto(site.origin + PAGE);
    const failure = await loadFailure(page, WASM);
    expect(failure).toMatchObject({
      code: "download-failed",
      message: expect.stringContaining("no answer from"),
    });
    expect(site.requests.filter((path) => path.startsWith("127.0.0.1"))).toEqual([]);
    await expectNoWorker(page);
    site.faults.clear();
    await expectRightAgain(page);
  });
}

test("follows a redirect of a model on another site, as the Hub's to its CDN", async ({ page, site }) => {
  site.faults.set(WEIGHTS, redirectsTo(site.origin.replace("localhost", "127.0.0.1")));
  await page.goto(PAGE);
  const model = `${site.origin}/models/bert-seqcls/`;
  const failure = await loadFailure(page, { model, device: "wasm" });
  expect(failure.message).toBe("the model loaded");
  expect(site.requests).toContain(`127.0.0.1/models/${WEIGHTS}`);
});

test("scores on when the network is gone, and loads again when it is back", async ({ page, context }) => {
  await page.goto(MODEL_PAGE);
  await expectPageRight(page);
  const answer = await responses(page).nth(1).inputValue();
  await context.setOffline(true);
  await responses(page).nth(1).fill("Typed without a network.");
  await scoreButton(page).click();
  await expect(page.getByText("for an earlier text")).toHaveCount(0);
  await responses(page).nth(1).fill(answer);
  await scoreButton(page).click();
  await expectPageRight(page);
  await page.getByLabel("Model", { exact: true }).selectOption("Demo model");
  await expect(page.getByRole("alert").getByRole("heading")).toBeVisible();
  await expect(prompt(page)).toHaveValue("What is the capital of France?");
  await context.setOffline(false);
  await page.getByLabel("Model", { exact: true }).selectOption("bert-seqcls");
  await expectPageRight(page);
});

for (const [fault, what, message] of [
  ["a failing server", answersWith(500), "status 500"],
  ["a server that never answers", staysSilent, "no answer within 20 s"],
  ["a list that stops half way", stallsAt(0.5), "no answer within 20 s"],
] as const) {
  test(`says that there is no list of models: ${fault}`, async ({ page, site }) => {
    await page.clock.install();
    site.faults.set(INDEX, what);
    const asked = page.waitForRequest((request) => request.url().endsWith(INDEX));
    await page.goto(`${site.origin}/?device=wasm`);
    await asked;
    await page.clock.runFor(20_000);
    await expectNotice(page, "The download failed", message);
    site.faults.clear();
    await tryAgain(page);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^WASM · / })).toBeVisible();
  });
}
