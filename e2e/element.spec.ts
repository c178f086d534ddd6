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
  WASM,
  widget,
} from "./element-page";
import { hostOf, LIB } from "./library-site";
import { SCORE, SCORE_IN_PORTUGUESE } from "./shown-score";

const host = hostOf(LIB);

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
