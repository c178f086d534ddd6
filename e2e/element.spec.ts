import { join } from "node:path";
import { expect, type Page, type Request, test } from "@playwright/test";
import type { RewardScorer } from "../src/ui/index";
import { patchWorker } from "./engine-page";
import { hostOf, LIB, serveFolders } from "./library-site";
import { SCORE, SCORE_IN_PORTUGUESE } from "./shown-score";

const host = hostOf(LIB);

const SCRIPT = `<script type="module" src="LIB/element.js"></script>`;
const PAIR = `prompt="What is the capital of France?" response="Google it pal."`;
const WASM = `<reward-scorer device="wasm" ${PAIR}></reward-scorer>`;
const widget = (page: Page) => page.locator("reward-scorer");
const loadButtons = (page: Page) => page.getByRole("button", { name: /^Load model/ });
const cancelButtons = (page: Page) => page.getByRole("button", { name: "Cancel" });

async function expectShown(page: Page, count: number): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: SCORE })).toHaveCount(count);
}

/** What the engine asked for; the host's page and the library's scripts are not counted. */
function listenForFiles(page: Page): Request[] {
  const asked: Request[] = [];
  page.on("request", (request) => {
    if (/\.(?:zstd|onnx|onnx_data|json)$/.test(new URL(request.url()).pathname)) asked.push(request);
  });
  return asked;
}

/** Answer as a server that is down. @returns what mends it */
async function refuse(page: Page, path: string): Promise<() => Promise<void>> {
  await page.route(path, (route) => route.fulfill({ status: 503 }));
  return () => page.unroute(path);
}

/** Hold the weights back. @returns what lets them go */
async function holdWeights(page: Page): Promise<() => void> {
  let letGo!: () => void;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/*.onnx_data", async (route) => {
    await held;
    await route.continue().catch(() => undefined); // cancelled meanwhile
  });
  return letGo;
}

test("serves 200 elements by one press, and fetches each file once", async ({ page }) => {
  const asked = listenForFiles(page);
  await host.open(page, SCRIPT + WASM.repeat(200));
  await expect(loadButtons(page)).toHaveCount(200);
  await loadButtons(page).nth(100).click();
  await expectShown(page, 200);
  const urls = asked.map((request) => request.url());
  expect(new Set(urls).size).toBe(urls.length);
  expect(page.workers().filter((worker) => !/ort-wasm/.test(worker.url()))).toHaveLength(1);
});

test("scores an element that comes, or gets other texts, after the press of another", async ({ page }) => {
  await host.open(page, SCRIPT + WASM);
  await loadButtons(page).click();
  await expectShown(page, 1);
  const first = await page.getByRole("status").innerText();
  const asked = listenForFiles(page);
  await page.evaluate(() => document.body.append(document.querySelector("reward-scorer")!.cloneNode()));
  await expectShown(page, 2);
  await expect(page.getByRole("status").last()).toHaveText(first.replace(/\s+/g, " "));
  await widget(page)
    .last()
    .evaluate((element: RewardScorer) => {
      element.response = "Paris.";
    });
  await expect(page.getByRole("status").last()).not.toHaveText(first.replace(/\s+/g, " "));
  await expectShown(page, 2);
  expect(asked).toEqual([]);
});

test("leaves an element with another model, or waiting to be seen, at its button", async ({ page }) => {
  const asked = listenForFiles(page);
  await host.open(
    page,
    `${SCRIPT}${WASM}
    <reward-scorer device="wasm" model="LIB/models/demo/?another" ${PAIR}></reward-scorer>
    <div style="height: 5000px"></div><reward-scorer device="wasm" loading="lazy" ${PAIR}></reward-scorer>`,
  );
  await loadButtons(page).first().click();
  await expectShown(page, 1);
  await expect(loadButtons(page)).toHaveCount(2);
  expect(asked.filter((request) => request.url().includes("another"))).toEqual([]);
  await widget(page).last().scrollIntoViewIfNeeded();
  await expectShown(page, 2);
});

test("cancels a load: the button is back, with the focus, and the worker is gone", async ({ page }) => {
  const letGo = await holdWeights(page);
  await host.open(page, SCRIPT + WASM);
  await loadButtons(page).press("Enter");
  await expect.poll(() => page.workers().length).toBe(1);
  const ended = page.workers()[0]!.waitForEvent("close");
  await cancelButtons(page).press("Enter");
  await expect(loadButtons(page)).toBeFocused();
  await ended;
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  letGo();
  await loadButtons(page).press("Enter");
  await expectShown(page, 1);
  await expect(widget(page)).toBeFocused(); // the button that had the focus is gone
});

test("cancels for one element, while another goes on waiting", async ({ page }) => {
  const letGo = await holdWeights(page);
  await host.open(page, SCRIPT + WASM + WASM);
  await loadButtons(page).first().click();
  await loadButtons(page).click();
  await expect(cancelButtons(page)).toHaveCount(2);
  await cancelButtons(page).first().click();
  await expect(loadButtons(page)).toHaveCount(1);
  await expect(cancelButtons(page)).toHaveCount(1);
  letGo();
  await expectShown(page, 2); // the model is there, and costs the first nothing any more
});

test("stays at its button when cancelled, whatever its texts and wherever it is moved", async ({ page }) => {
  await holdWeights(page);
  await host.open(page, `${SCRIPT}<reward-scorer loading="eager" device="wasm" ${PAIR}></reward-scorer>`);
  await cancelButtons(page).click();
  await widget(page).evaluate(async (element: RewardScorer) => {
    element.response = "Paris.";
    await element.updateComplete;
    document.body.prepend(element);
    await element.updateComplete;
  });
  await expect(loadButtons(page)).toBeVisible();
});

test("says beforehand what a press fetches, and asks nothing for it", async ({ page }) => {
  const asked = listenForFiles(page);
  await host.open(
    page,
    `${SCRIPT}${WASM}<reward-scorer ${PAIR}></reward-scorer>
    <reward-scorer device="wasm" model="LIB/models/demo/?another" ${PAIR}></reward-scorer>`,
  );
  await expect(loadButtons(page)).toHaveText([
    "Load model (8 MB)",
    /^Load model \(about (?:8|9) MB\)$/, // WebGPU's runtime, with and without JSPI
    "Load model",
  ]);
  expect(asked).toEqual([]);
  await loadButtons(page).first().click();
  await expectShown(page, 1);
  const sizes = await Promise.all(asked.map(async (request) => (await request.sizes()).responseBodySize));
  expect(Math.round(sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e6)).toBe(8);
});

test("speaks the language it stands in, out of shadow trees, and follows it", async ({ page }) => {
  await host.open(
    page,
    `${SCRIPT}<section lang="pt-PT"><div></div></section><p></p><reward-scorer lang="pt-BR" device="wasm" ${PAIR}></reward-scorer>`,
  );
  await page.evaluate(() => {
    const inner = document.querySelector("div")!.attachShadow({ mode: "open" });
    inner.append(document.querySelector("reward-scorer")!.cloneNode());
    inner.querySelector("reward-scorer")!.removeAttribute("lang");
  });
  const [inner, outer] = [page.locator("section reward-scorer"), page.locator("body > reward-scorer")];
  await expect(inner).toHaveText("Carregar modelo (8 MB)");
  await expect(outer).toHaveText("Carregar modelo (8 MB)");
  await outer.evaluate((element) => element.removeAttribute("lang"));
  await expect(outer).toHaveText("Load model (8 MB)");
  await expect(inner).toHaveText("Carregar modelo (8 MB)");
  await page.locator("section").evaluate((section) => section.setAttribute("lang", "fr"));
  await expect(inner).toHaveText("Load model (8 MB)");
  await loadButtons(page).first().click();
  await expectShown(page, 2);
  const english = await outer.innerText();
  await page.locator("html").evaluate((root) => root.setAttribute("lang", "pt"));
  await expect(outer).toHaveText(SCORE_IN_PORTUGUESE);
  expect((await outer.innerText()).replaceAll(",", ".").replace("recompensa", "reward")).toBe(english);
  await expect(inner).toHaveText(SCORE); // the nearest says French
  await inner.evaluate((element) => document.querySelector("p")!.append(element));
  await expect(page.locator("p reward-scorer")).toContainText("recompensa");
});

test("scores a lazy element once, however often it comes into view", async ({ page }) => {
  await host.open(
    page,
    `<script>let heard = 0; document.addEventListener("score", () => heard++);</script>
    ${SCRIPT}<reward-scorer device="wasm" loading="lazy" ${PAIR}></reward-scorer>
    <div style="height: 5000px"></div><p>end</p>`,
  );
  await expectShown(page, 1);
  const seen = () =>
    widget(page).evaluate(
      (element) =>
        new Promise<boolean>((resolve) => {
          const look = new IntersectionObserver(([entry]) => {
            look.disconnect();
            resolve(entry!.isIntersecting);
          });
          look.observe(element);
        }),
    );
  await page.getByText("end").scrollIntoViewIfNeeded();
  expect(await seen()).toBe(false);
  await widget(page).scrollIntoViewIfNeeded();
  expect(await seen()).toBe(true);
  await expectShown(page, 1);
  expect(await page.evaluate("heard")).toBe(1);
});

const failures = (page: Page) => page.getByRole("alert");
const tryAgain = (page: Page) => page.getByRole("button", { name: "Try again" });
const EAGER = `<reward-scorer loading="eager" device="wasm" ${PAIR}></reward-scorer>`;

/** The first worker ends when it is asked to score. */
function endFirstWorker(page: Page): Promise<void> {
  const code = `addEventListener("message", ({ data }) => { if (data.path?.[0] === "score") close(); })`;
  return patchWorker(page, code, 1);
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
  const dies = `if (data.path?.[0] === "score" && JSON.stringify(data).includes("Die.")) close();`;
  await patchWorker(page, `addEventListener("message", ({ data }) => { ${dies} })`);
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

test("says at once how far a load is that another element has asked for", async ({ page }) => {
  const letGo = await holdWeights(page);
  await host.open(page, SCRIPT + WASM + WASM);
  const others = ["**/*.onnx", "**/*.zstd", "**/tokenizer.json"].map((path) => page.waitForResponse(path));
  await loadButtons(page).first().click();
  await Promise.all(others);
  await loadButtons(page).click();
  const words = widget(page).locator(".words");
  await expect(words).toHaveText([/MB/, /MB/]);
  await widget(page)
    .last()
    .evaluate((element: RewardScorer) => {
      element.response = "Another text.";
    });
  await expect(words).toHaveText([/MB/, /MB/]);
  letGo();
  await expectShown(page, 2);
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

test("takes no model while it is off the page, and the one it was told to once it is there", async ({
  page,
}) => {
  await host.open(page, `${SCRIPT}${WASM}`);
  await loadButtons(page).click();
  await expectShown(page, 1);
  const told = await widget(page).evaluate(async (element: RewardScorer) => {
    const other = element.cloneNode() as RewardScorer;
    document.body.append(other);
    await new Promise((resolve) => other.addEventListener("score", resolve, { once: true }));
    element.remove();
    await new Promise(requestAnimationFrame);
    let told = 0;
    element.addEventListener("score", () => told++);
    element.response = "Paris.";
    element.load();
    await element.updateComplete;
    other.response = "Paris."; // scored after the other, if that were
    await new Promise((resolve) => other.addEventListener("score", resolve, { once: true }));
    const before = told;
    document.body.append(element);
    await new Promise((resolve) => element.addEventListener("score", resolve, { once: true }));
    return [before, told];
  });
  expect(told).toEqual([0, 1]);
  await expectShown(page, 2);
});

test("takes an empty attribute for one that is not there, and says which device is none", async ({
  page,
}) => {
  await host.open(
    page,
    `${SCRIPT}<reward-scorer alpha="" device="" loading="eager" ${PAIR}></reward-scorer>${EAGER}
    <reward-scorer device="WebGPU" loading="eager" ${PAIR}></reward-scorer>`,
  );
  await expectShown(page, 2);
  const values = await widget(page).evaluateAll((elements: RewardScorer[]) =>
    elements.map(({ value }) => value),
  );
  const [{ reward, score }] = JSON.parse(values[0]!);
  expect(score).toBe(10 * reward);
  await expect(failures(page)).toContainText("device: expected auto, webgpu or wasm, got WebGPU");
});

test("has no value from a change of what is asked until the score of it", async ({ page }) => {
  await host.open(page, `${SCRIPT}<form>${WASM.replace("device", `name="score" device`)}</form>`);
  await loadButtons(page).click();
  await expectShown(page, 1);
  const values = await widget(page).evaluate(async (element: RewardScorer) => {
    const both = () => [element.value, new FormData(element.form!).get("score") as string | null];
    const scored = () => new Promise((resolve) => element.addEventListener("score", resolve, { once: true }));
    const first = element.value;
    element.response = "Paris.";
    const changed = both();
    await scored();
    const second = element.value;
    element.alpha = 2;
    const multiplied = both();
    await scored();
    return { first, changed, second, multiplied, last: both() };
  });
  expect(values.changed).toEqual([null, null]);
  expect(values.multiplied).toEqual([null, null]);
  expect(values.second).not.toBe(values.first);
  const [{ reward, score }] = JSON.parse(values.last[0]!);
  expect(score).toBe(2 * reward);
  expect(values.last[1]).toBe(values.last[0]);
});

test("asks nothing anew for a list that says the same, and anew for one that was written into", async ({
  page,
}) => {
  await host.open(page, `${SCRIPT}${WASM}`);
  await loadButtons(page).click();
  await expectShown(page, 1);
  const pairs = await widget(page).evaluate(async (element: RewardScorer) => {
    const scored = () =>
      new Promise<number>((resolve) =>
        element.addEventListener("score", ({ detail }) => resolve(detail.pairs.length), { once: true }),
      );
    const list = ["Paris.", "Google it pal."];
    element.responses = list;
    const first = await scored();
    element.responses = [...list]; // as a host does that draws anew at every score
    const asked = element.value === null;
    list.push("I do not know.");
    element.responses = list;
    return { first, asked, last: await scored() };
  });
  expect(pairs).toEqual({ first: 2, asked: false, last: 3 });
});
