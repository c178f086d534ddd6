import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { DEMO_TOLERANCE } from "../src/shared/tolerance";
import type { RewardScorer, ScoredDetail } from "../src/ui/index";
import { readFixturePairs } from "../test/fixture";
import { expectAgreement } from "./engine-page";
import { hostOf, LIB } from "./library-site";
import { SCORE } from "./shown-score";

const ROOT = join(import.meta.dirname, "..");

/** Element and page-side code, gzip, in bytes; it was 14,600 when this was written. */
const MAX_ELEMENT_BYTES = 18_000;

const host = hostOf(LIB);

const policy = (directives: string) => ({ "Content-Security-Policy": directives });

const SCRIPT = `<script type="module" src="LIB/element.js"></script>`;
const PROMPT = "What is the capital of France?";
const PAIR = `prompt="${PROMPT}" response="Look it up yourself."`;
/** Hosts that want to see outcomes: each event as it leaves the document. */
const HEAR = `<script>
  const heard = [];
  for (const type of ["score", "error"]) document.addEventListener(type, ({ detail }) => heard.push([type, detail]));
</script>`;

declare const heard: [string, ScoredDetail][];
declare const controller: AbortController;

const widget = (page: Page) => page.locator("reward-scorer");
const load = (page: Page) => page.getByRole("button", { name: "Load model" }).click();
const scorers = (page: Page) => page.workers().filter((worker) => !/ort-wasm/.test(worker.url()));

async function expectShown(page: Page, count = 1): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: SCORE })).toHaveCount(count);
}

test("downloads nothing before its button is pressed, then scores from another site", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await host.open(page, `${HEAR}${SCRIPT}<reward-scorer device="wasm" ${PAIR}></reward-scorer>`);
  await expect(page.getByRole("button", { name: "Load model" })).toBeVisible();
  expect(asked.filter((path) => /wasm|worker|models/.test(path))).toEqual([]);
  await load(page);
  await expectShown(page);
  const [type, { scores, alpha, model }] = await page.evaluate(() => heard[0]!);
  expect([type, alpha, model.manifest.name, model.threads]).toEqual(["score", 10, "demo", 1]);
  expect(scores[0]!.score).toBe(10 * scores[0]!.reward);
  const hosts = asked.filter((path) => path === "/");
  expect(hosts).toHaveLength(1); // the host's own server is asked for its page alone
});

test("gives the reference rewards through createScorer", async ({ page }) => {
  await host.open(page, `<p>host</p>`);
  const pairs = readFixturePairs("demo");
  const scores = await page.evaluate(
    async ([library, pairs]) => {
      const { createScorer }: typeof import("../src/ui/index") = await import(`${library}/index.js`);
      const scorer = await createScorer({ model: `${library}/models/demo`, device: "wasm" });
      return scorer.score(pairs);
    },
    [host.library, pairs] as const,
  );
  expectAgreement(scores, "q8", "demo", { worst: DEMO_TOLERANCE, mean: DEMO_TOLERANCE });
});

test("takes no device that there is not, through createScorer", async ({ page }) => {
  await host.open(page, `<p>host</p>`);
  const failure = await page.evaluate(async (library) => {
    const { createScorer }: typeof import("../src/ui/index") = await import(`${library}/index.js`);
    const device = "WASM" as "wasm";
    return createScorer({ model: `${library}/models/demo`, device }).catch(String);
  }, host.library);
  expect(failure).toBe("TypeError: device: expected auto, webgpu or wasm, got WASM");
});

test("works as one classic script, under the policy that the documentation asks for", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text());
  });
  const site = host.library;
  await host.open(
    page,
    `<script src="LIB/element.classic.js"></script><reward-scorer device="wasm" ${PAIR}></reward-scorer>`,
    policy(
      `default-src 'none'; img-src data:; script-src ${site} 'wasm-unsafe-eval'; worker-src blob:; connect-src ${site}`,
    ),
  );
  await load(page);
  await expectShown(page);
  expect(broken).toEqual([]);
});

test("has its worker on a page that requires trusted types", async ({ page }) => {
  const site = host.library;
  const breaches: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|Trusted/i.test(message.text())) breaches.push(message.text());
  });
  await host.open(
    page,
    `${SCRIPT}<reward-scorer device="wasm" ${PAIR}></reward-scorer>`,
    policy(
      `script-src ${site} 'wasm-unsafe-eval'; worker-src blob:; connect-src ${site};
      require-trusted-types-for 'script'; trusted-types lit-html reward-scorer`.replace(/\s+/g, " "),
    ),
  );
  await load(page);
  await expectShown(page);
  expect(scorers(page)).toHaveLength(1);
  expect(breaches).toEqual([]);
});

test("starts from a data address in a sandboxed frame", async ({ page }) => {
  const inner = `<script type="module" src="${host.library}/element.js"></script><reward-scorer device="wasm" ${PAIR}></reward-scorer>`;
  await host.open(
    page,
    `<iframe sandbox="allow-scripts" srcdoc="${inner.replaceAll('"', "&quot;")}"></iframe>`,
  );
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Load model" }).click();
  await expect(frame.getByRole("status")).toHaveText(SCORE);
});

test("loads when it comes into view, and not before, with loading=lazy", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await host.open(
    page,
    `${SCRIPT}<div id="above" style="height: 3000px"></div><reward-scorer loading="lazy" device="wasm" ${PAIR}></reward-scorer>`,
  );
  await expect(widget(page)).toBeAttached();
  await page.evaluate(() => customElements.whenDefined("reward-scorer"));
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(asked.filter((url) => url.includes("worker"))).toEqual([]);
  await widget(page).scrollIntoViewIfNeeded();
  await expectShown(page);
});

test("shares one worker among 200 elements", async ({ page }) => {
  await host.open(page, `${HEAR}${SCRIPT}`);
  await page.evaluate(async (prompt) => {
    await customElements.whenDefined("reward-scorer");
    for (let at = 0; at < 200; at++) {
      const element = document.createElement("reward-scorer") as RewardScorer;
      Object.assign(element, { prompt, response: `Answer ${at % 10}.`, device: "wasm", loading: "eager" });
      document.body.append(element);
    }
  }, PROMPT);
  await expectShown(page, 200);
  expect(scorers(page)).toHaveLength(1);
  const texts = await page.getByRole("status").allInnerTexts();
  expect(texts.slice(10)).toEqual(texts.slice(0, -10));
  expect(await page.evaluate(() => heard.length)).toBe(200);
});

test("keeps two models and two alphas apart", async ({ page }) => {
  await host.open(
    page,
    `${SCRIPT}
    <reward-scorer loading="eager" device="wasm" ${PAIR}></reward-scorer>
    <reward-scorer loading="eager" device="wasm" alpha="2" ${PAIR}></reward-scorer>
    <reward-scorer loading="eager" device="wasm" model="LIB/models/demo/?another" ${PAIR}></reward-scorer>`,
  );
  await expectShown(page, 3);
  expect(scorers(page)).toHaveLength(2);
  const texts = () => page.getByRole("status").allInnerTexts();
  const [ten, two, other] = await texts();
  expect(ten).not.toBe(two);
  expect(other).toBe(ten);
  await widget(page)
    .nth(1)
    .evaluate((element: RewardScorer) => element.setAttribute("alpha", "10"));
  await expect(page.getByRole("status").nth(1)).toHaveText(ten!.replace(/\s+/g, " "));
  expect(await texts()).toEqual([ten, ten, ten]);
});

test("can be moved, removed and put back, and defined twice", async ({ page }) => {
  await host.open(
    page,
    `${HEAR}${SCRIPT}<reward-scorer device="wasm" ${PAIR}></reward-scorer><div id="there"></div>`,
  );
  await load(page);
  await expectShown(page);
  await page.evaluate(async (library) => {
    const element = document.querySelector("reward-scorer")!;
    document.querySelector("#there")!.append(element);
    await import(`${library}/element.js?again`);
  }, host.library);
  await expectShown(page);
  expect(await page.evaluate(() => heard.length)).toBe(1);
  await page.evaluate(async () => {
    const element = document.querySelector("reward-scorer")!;
    element.remove();
    await new Promise(requestAnimationFrame);
    document.body.append(element);
  });
  await expectShown(page);
  expect(scorers(page)).toHaveLength(1);
});

test("takes properties set before it is defined, and several responses", async ({ page }) => {
  await host.open(page, `<reward-scorer device="wasm" loading="eager"></reward-scorer>`);
  await page.evaluate(
    async ([library, prompt]) => {
      Object.assign(document.querySelector("reward-scorer")!, { prompt, responses: ["Paris.", "<b>No</b>"] });
      await import(`${library}/element.js`);
    },
    [host.library, PROMPT],
  );
  await expectShown(page, 2);
  const first = await page.getByRole("status").allInnerTexts();
  await widget(page).evaluate((element: RewardScorer) => {
    element.responses = ["<b>No</b>"];
  });
  await expectShown(page, 1);
  expect(await page.getByRole("status").allInnerTexts()).toEqual([first[1]]);
});

test("is a part of its form, and has states", async ({ page }) => {
  await host.open(
    page,
    `${SCRIPT}<form><reward-scorer name="score" device="wasm" ${PAIR}></reward-scorer></form>`,
  );
  const value = () =>
    page.evaluate(() => new FormData(document.querySelector("form")!).get("score") as string | null);
  await load(page);
  await expectShown(page);
  const [first] = JSON.parse((await value())!);
  expect(first).toEqual({ reward: expect.any(Number), score: 10 * first.reward });
  await expect(page.locator("reward-scorer:state(scored)")).toHaveCount(1);
});

test("says what failed, tells its host, and tries again", async ({ page }) => {
  await host.open(
    page,
    `${HEAR}${SCRIPT}<reward-scorer device="wasm" model="LIB/models/none" ${PAIR}></reward-scorer>`,
  );
  await load(page);
  await expect(page.getByRole("alert")).toContainText("The model is not there");
  expect(await page.evaluate(() => heard.map(([type]) => type))).toEqual(["error"]);
  await widget(page).evaluate((element: RewardScorer, url) => {
    element.model = url;
  }, `${host.library}/models/demo`);
  await expectShown(page);
});

test("shows no score for an alpha that is no number, and scores again with one", async ({ page }) => {
  await host.open(page, `${HEAR}${SCRIPT}<reward-scorer device="wasm" alpha="ten" ${PAIR}></reward-scorer>`);
  await load(page);
  await expect(page.getByRole("alert")).toContainText("expected a finite number, got NaN");
  await expect(page.getByRole("status")).toHaveCount(0);
  await widget(page).evaluate((element: RewardScorer) => element.setAttribute("alpha", "2"));
  await expectShown(page);
  expect(await page.evaluate(() => heard.map(([type]) => type))).toEqual(["error", "score"]);
});

for (const [name, value, found] of [
  ["model", "http://[", "model: expected an address, got http://["],
  ["base", "http://[", "base: expected an address, got http://["],
  ["responses", "Paris.", "responses: expected a list, got string"],
] as const) {
  test(`tells its host of ${name} that cannot be asked, in place of the score before`, async ({ page }) => {
    await host.open(page, `${HEAR}${SCRIPT}<reward-scorer device="wasm" ${PAIR}></reward-scorer>`);
    await load(page);
    await expectShown(page);
    const set = (value: string | undefined) =>
      widget(page).evaluate((element, change) => void Object.assign(element, change), { [name]: value });
    await set(value);
    await expect(page.getByRole("alert")).toContainText(found);
    await expect(page.getByRole("status")).toHaveCount(0);
    await set(undefined);
    await expectShown(page);
    expect(await page.evaluate(() => heard.map(([type]) => type))).toEqual(["score", "error", "score"]);
  });
}

test("drops the score of a text under way when it is asked of no address", async ({ page }) => {
  await host.open(page, `${HEAR}${SCRIPT}<reward-scorer device="wasm" ${PAIR}></reward-scorer>`);
  await load(page);
  await expectShown(page);
  await widget(page).evaluate(async (element: RewardScorer) => {
    element.response = "Another text.";
    await element.updateComplete;
    element.model = "http://[";
    await element.updateComplete;
    const other = element.cloneNode() as RewardScorer;
    Object.assign(other, { model: undefined, response: "Another text." });
    document.body.append(other); // scored after the one that was dropped
  });
  await expectShown(page);
  await expect(page.getByRole("alert")).toContainText("expected an address");
  expect(await page.evaluate(() => heard.map(([type]) => type))).toEqual(["score", "error", "score"]);
});

test("keeps within its budget", () => {
  const scripts = [...withImports("element.js")].map((name) => readFileSync(join(LIB, name)));
  expect(gzipSync(Buffer.concat(scripts)).length).toBeLessThan(MAX_ELEMENT_BYTES);
});

test("is sound as a package", () => {
  const run = (tool: string, ...args: string[]) =>
    execFileSync(process.execPath, [join(ROOT, "node_modules", tool), ...args], { cwd: ROOT, stdio: "pipe" });
  run("publint/src/cli.js", "lib", "--strict");
  run("@arethetypeswrong/cli/dist/index.js", "--pack", "lib", "--profile", "esm-only");
});

/** A module of the library and all that it imports at once. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const imports = readFileSync(join(LIB, name), "utf8").matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g);
  for (const [, imported] of imports) withImports(imported!, found);
  return found;
}
