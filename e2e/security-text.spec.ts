import { expect, test } from "@playwright/test";
import { changeManifest } from "./engine-page";
import { expectScored, openScored, prompt, responses, scoreButton, WASM_PAGE } from "./page";
import { expectInert } from "./security-page";

/** Each would set `broken`, load something, or leave the place where it stands, if it were more than text. */
const PAYLOADS = [
  "<script>window.broken=1</script>",
  "<img src=x onerror=window.broken=2>",
  "<svg onload=window.broken=3><animate onbegin=window.broken=3 attributeName=x dur=1s></svg>",
  '"><img src=x onerror=window.broken=4>',
  "' onfocus=window.broken=5 autofocus tabindex=1 '",
  "</textarea><script>window.broken=6</script>",
  "</style><script>window.broken=7</script>",
  "javascript:window.broken=8",
  '<a href="javascript:window.broken=9">x</a>',
  '<iframe srcdoc="<script>parent.broken=10</script>"></iframe>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to look like one
  "${window.broken=11}{{constructor.constructor('window.broken=11')()}}<%= broken %>",
  "<!--?lit$123456789$--><?lit$123456789$>",
  "}*{display:none}</style><link rel=stylesheet href=//evil.example>",
  "\u202egnp.exe\u202c \u2066<b>\u2069",
  "\u0008\u001b]0;x\u0007\ufeff",
];
const ALL = PAYLOADS.join(" ");

/** What an element shows of a text: spaces run together, some control characters are dropped. */
const MARK = "<script>window.broken=1</script>";

test("shows prompts and responses as the text they are", async ({ page }) => {
  await openScored(page);
  await prompt(page).fill(ALL);
  await responses(page).nth(0).fill(ALL);
  await responses(page)
    .nth(1)
    .fill(`${ALL} ${"word ".repeat(600)}`); // the unread end is drawn beside it
  await scoreButton(page).click();
  await expectScored(page);
  await expect(prompt(page)).toHaveValue(ALL);
  await page.reload();
  await expect(prompt(page)).toHaveValue(ALL);
  await expect(responses(page).nth(0)).toHaveValue(ALL);
  await expectScored(page);
  await expectInert(page);
});

test("shows what a manifest says as the text it is", async ({ page }) => {
  await changeManifest(page, (manifest) => {
    Object.assign(manifest, {
      name: ALL,
      description: ALL,
      licence: ALL,
      head: ALL,
      languages: [ALL, "xx"],
      accuracy: [ALL, ALL],
      limits: PAYLOADS,
    });
    Object.assign(manifest.source, { repository: ALL, revision: ALL });
    manifest.source.weights[0]!.path = ALL;
  });
  await openScored(page);
  await page.getByRole("button", { name: "About this model" }).click();
  await expect(page.getByRole("dialog", { name: "About this model" })).toBeVisible();
  // Description, two facts of accuracy, one of the limits, languages, licence, source, revision, head, file.
  await expect(page.getByText(MARK)).toHaveCount(10);
  await expectInert(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "How it is checked" }).click();
  await expectInert(page);
});

test("shows titles, parameters and what went wrong as the text they are", async ({ page }) => {
  const models = PAYLOADS.map((title, at) => ({ name: `gone-${at}`, title }));
  await page.route("**/models/index.json", (route) => route.fulfill({ json: { models } }));
  const twice = `{ ${JSON.stringify(ALL)}: 1, ${JSON.stringify(ALL)}: 2 }`; // the message names the key
  await page.route("**/models/gone-0/reward.json", (route) => route.fulfill({ body: twice }));
  const asked = { model: ALL.replaceAll("/", ""), device: ALL, alpha: ALL, lang: ALL };
  await page.goto(`/?${new URLSearchParams(asked)}`);
  await expect(page.getByRole("listitem").filter({ hasText: "window.broken=11" })).toHaveCount(4);
  await expect(page.getByRole("heading", { name: "The model folder cannot be read" })).toBeVisible();
  await expect(page.getByText(/^reward\.json: "<script>window\.broken=1/)).toBeVisible();
  await expect(page.getByLabel("Model", { exact: true }).locator("option")).toHaveText(PAYLOADS);
  await expectInert(page);
});

test("asks about another site in text", async ({ page }) => {
  const folder = `https://models.example/${encodeURIComponent(PAYLOADS.slice(0, 13).join(" "))}`;
  await page.goto(`/?model=${encodeURIComponent(folder)}`);
  await expect(
    page.getByRole("heading", { name: "Load a model from https://models.example?" }),
  ).toBeVisible();
  await expect(page.locator("code").filter({ hasText: folder })).toBeVisible();
  await expectInert(page);
});

test("shows paths of stored files as the text they are", async ({ page }) => {
  await openScored(page);
  await page.evaluate(async (payload) => {
    const cache = await caches.open("reward-scorer");
    const headers = { "X-Reward-Path": payload, "Content-Length": "1" };
    await cache.put(`/reward-scorer/sha256/${encodeURIComponent(payload)}`, new Response("x", { headers }));
  }, MARK);
  await page.getByRole("button", { name: "Stored files" }).click();
  await expect(page.getByText(MARK)).toBeVisible();
  await expectInert(page);
});

test("keeps markup out of the page when a draft was tampered with", async ({ page }) => {
  await page.addInitScript(
    (text) => localStorage.setItem("reward-scorer.draft", text),
    JSON.stringify({ prompt: ALL, responses: PAYLOADS, __proto__: { broken: 1 } }),
  );
  await page.goto(WASM_PAGE);
  await expect(responses(page)).toHaveCount(PAYLOADS.length);
  await expectScored(page);
  await expectInert(page);
});
