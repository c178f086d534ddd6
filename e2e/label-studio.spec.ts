import { expect, type Page, test } from "@playwright/test";
import { createFormats } from "../src/ui/formats";
import { CONFIG, EditorHost, OPTIONS } from "./label-studio-page";
import {
  BRUSH_OFF,
  button,
  load,
  PARIS,
  PROMPT,
  panel,
  ranking,
  results,
  rows,
  task,
  values,
  workers,
} from "./label-studio-panel";

let host: EditorHost;

test.beforeAll(async () => {
  host = await EditorHost.start();
});

test.afterAll(() => host[Symbol.dispose]());

test("shows the model's scores of a task's responses, and downloads nothing before the press", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await host.open(page, task(PARIS, BRUSH_OFF));
  await host.showRewards(page);
  await expect(button(page, /^Load model/)).toBeVisible();
  expect(asked.filter((path) => /wasm|worker|models/.test(path))).toEqual([]);
  await load(page);
  const scores = await page.evaluate(
    async ([library, pairs]) => {
      const { createScorer }: typeof import("../src/ui/index") = await import(`${library}/index.js`);
      const scorer = await createScorer({ model: `${library}/models/demo`, device: "wasm" });
      return scorer.score(pairs);
    },
    [host.libraryOrigin, [PARIS, BRUSH_OFF].map((response) => ({ prompt: PROMPT, response }))] as const,
  );
  const formats = createFormats("en");
  for (const [at, { score, reward }] of scores.entries()) {
    const words = `${formats.score(score)} reward ${formats.reward(reward)}`;
    await expect(rows(page).nth(at).getByRole("status")).toHaveText(words);
    await expect(rows(page).nth(at)).toContainText(OPTIONS.responses[at]!);
  }
  await expect(panel(page)).toContainText("demo, score = 10.0 × reward");
});

test("keeps the focus when the scores take the place of the button", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await host.showRewards(page);
  await button(page, /^Load model/).press("Enter");
  await expect(rows(page).first().getByRole("status")).toBeVisible();
  await expect(panel(page)).toBeFocused();
});

test("fills Pairwise, Choices and Rating by presses, and by nothing else", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await host.showRewards(page, {
    choices: { name: "best", of: { response_a: "A", response_b: "B" } },
    rating: { of: { response_a: "rating_a", response_b: "rating_b" }, atLeast: [-1e6, 0, 1e6, 2e6] },
  });
  await load(page);
  const [best] = await ranking(page);
  expect(await results(page)).toEqual([]);
  await button(page, `Prefer ${best}`).click();
  await expect(button(page, /^Prefer/)).toHaveCount(1);
  await button(page, `Prefer ${best}`).click(); // twice is once
  const stars = await Promise.all(
    [0, 1].map(async (at) => ((await rows(page).nth(at).innerText()).includes("−") ? 2 : 3)),
  );
  await button(page, `Rate response_a ${stars[0]} of 5`).click();
  await button(page, `Rate response_b ${stars[1]} of 5`).click();
  await expect(page.locator(".ant-rate").first().locator(".ant-rate-star-full")).toHaveCount(stars[0]!);
  await page.getByRole("button", { name: "Submit" }).click();
  const [submitted] = await page.evaluate(() => window.submitted);
  expect(submitted!.map(({ id: _, ...result }) => result)).toEqual([
    expect.objectContaining({
      ...{ from_name: "better", to_name: "better", type: "pairwise" },
      value: { selected: best === "response_a" ? "left" : "right" },
    }),
    expect.objectContaining({
      ...{ from_name: "best", to_name: "prompt", type: "choices" },
      value: { choices: [best === "response_a" ? "A" : "B"] },
    }),
    expect.objectContaining({
      ...{ from_name: "rating_a", to_name: "a", type: "rating" },
      value: { rating: stars[0] },
    }),
    expect.objectContaining({
      ...{ from_name: "rating_b", to_name: "b", type: "rating" },
      value: { rating: stars[1] },
    }),
  ]);
});

test("prefers the side that shows the best response, whatever the config's order", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF), CONFIG.replace(`toName="a,b"`, `toName="b,a"`));
  await host.showRewards(page);
  await load(page);
  const [best] = await ranking(page);
  await button(page, `Prefer ${best}`).click();
  expect(values(await results(page))).toEqual({
    better: { selected: best === "response_a" ? "right" : "left" },
  });
});

test("offers no preference between responses that show the same score", async ({ page }) => {
  await host.open(page, task(PARIS, PARIS));
  await host.showRewards(page);
  await load(page);
  await expect(button(page, /Prefer/)).toHaveCount(0);
});

for (const place of ["in the editor", "beside it"]) {
  test(`never shows a score beside another task's text, and loads one model for all, ${place}`, async ({
    page,
  }) => {
    await host.open(page, task(PARIS, BRUSH_OFF));
    if (place === "beside it") await addPlace(page);
    await host.showRewards(page);
    await load(page);
    await watchScores(page);
    const answers = ["Paris.", "Rome.", "I do not know.", PARIS, "It is Paris, on the Seine."];
    for (let id = 2; id < 12; id++) {
      const [a, b] = [answers[id % 5]!, answers[(id + 1) % 5]!];
      await page.evaluate((task) => window.openTask(task), task(a, b, { id }));
      if (id % 3 === 0) await expect(rows(page)).toHaveCount(2); // others are left before they are scored
    }
    await expect(rows(page)).toHaveCount(2);
    const seen = await page.evaluate(() => window.seen);
    expect(Object.keys(seen).length).toBeGreaterThanOrEqual(4);
    for (const scores of Object.values(seen)) expect(new Set(scores).size).toBe(1);
    expect(workers(page)).toHaveLength(1);
  });
}

test("fills no prediction, and the annotation beside it", async ({ page }) => {
  const prediction = { id: 7, model_version: "other", result: [] };
  await host.open(page, task(PARIS, BRUSH_OFF, { predictions: [prediction] }));
  await host.showRewards(page);
  await load(page);
  await page.evaluate(() => {
    const { annotationStore } = window.Htx;
    annotationStore.selectPrediction(annotationStore.predictions[0]!.id);
  });
  await expect(panel(page)).toContainText("This is a prediction");
  await expect(button(page, /Prefer/)).toBeDisabled();
  await page.evaluate(() => {
    const { annotationStore } = window.Htx;
    annotationStore.selectAnnotation(annotationStore.annotations[0]!.id);
  });
  await button(page, /Prefer/).click();
  expect(await results(page)).toHaveLength(1);
});

test("fills no annotation that was closed since the button was drawn", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await host.showRewards(page);
  await load(page);
  await page.evaluate(() => window.Htx.annotationStore.selected.setEdit(false));
  await button(page, /Prefer/).click({ force: true });
  await expect(panel(page)).toContainText("This annotation cannot be changed");
  await expect(button(page, /Prefer/)).toBeDisabled();
  expect(await results(page)).toEqual([]);
});

test("says which field of a task is no text, and scores the next task", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await host.showRewards(page);
  await load(page);
  await page.evaluate((task) => window.openTask(task), task(PARIS, undefined, { id: 2 }));
  await expect(panel(page).getByRole("alert")).toHaveText(
    'task: expected a string in "response_b", got undefined',
  );
  await expect(panel(page).getByRole("status")).toHaveCount(0);
  await page.evaluate((task) => window.openTask(task), task(PARIS, 4, { id: 3 }));
  await expect(panel(page).getByRole("alert")).toHaveText(
    'task: expected a string in "response_b", got number',
  );
  await page.evaluate((task) => window.openTask(task), task(PARIS, "Rome.", { id: 4 }));
  await expect(rows(page)).toHaveCount(2);
  await expect(panel(page).getByRole("alert")).toHaveCount(0);
});

test("says how much of a response was not read", async ({ page }) => {
  await host.open(page, task(PARIS, "word ".repeat(700)));
  await host.showRewards(page);
  await load(page);
  await expect(rows(page).nth(0)).not.toContainText("not read");
  await expect(rows(page).nth(1)).toContainText(/the last \d+ tokens were not read/);
});

test("says which control the config has not", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await host.showRewards(page, { pairwise: "best" });
  await load(page);
  await expect(panel(page).getByRole("alert")).toHaveText(
    `labeling config: expected a pairwise named "best", got choices`,
  );
  await expect(button(page, /Prefer/)).toHaveCount(0);
});

test("comes back when the host draws its part anew, with the same scores and worker", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await host.showRewards(page);
  await load(page);
  const before = await panel(page).innerText();
  await page.evaluate(() => {
    const { annotationStore } = window.Htx;
    annotationStore.selectAnnotation(annotationStore.addAnnotation({ userGenerate: true }).id);
  });
  await expect(rows(page)).toHaveCount(2);
  await page.evaluate(() => document.querySelector("reward-scorer-label-studio")!.remove());
  await expect(rows(page)).toHaveCount(2);
  await expect(panel(page)).toHaveCount(1);
  await page.evaluate(() => window.Htx.setFlags({ isLoading: true }));
  await expect(panel(page)).toHaveCount(0);
  await page.evaluate(() => window.Htx.setFlags({ isLoading: false }));
  await expect(rows(page)).toHaveCount(2);
  expect(await panel(page).innerText()).toBe(before);
  expect(workers(page)).toHaveLength(1);
});

test("stands above the labeling area where the config has no place for it, and can be taken away", async ({
  page,
}) => {
  await host.open(page, task(PARIS, BRUSH_OFF), CONFIG.replace(`<View className="reward-scorer" />`, ""));
  await host.showRewards(page);
  await expect(page.locator(".lsf-main-view__annotation > reward-scorer-label-studio")).toBeVisible();
  await page.evaluate((options) => window.RewardScorer.showRewards(options)(), OPTIONS);
  await expect(panel(page)).toHaveCount(0);
  await page.evaluate((task) => window.openTask(task), task("Paris.", "Rome.", { id: 2 }));
  await expect(page.getByText("Rome.").first()).toBeVisible();
  await expect(panel(page)).toHaveCount(0);
});

test("reads markup in prompts and responses as text", async ({ page }) => {
  const markup = [
    `<img src=x onerror="window.ran = 1">`,
    `</script><script>window.ran = 2</script>`,
    `<reward-scorer loading="eager"></reward-scorer>`,
  ];
  const [prompt, a, b] = markup;
  await host.open(page, { id: 1, data: { prompt, response_a: a, response_b: b } });
  await host.showRewards(page, { responses: ["response_a", "response_b"] });
  await load(page);
  expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined();
  await expect(page.locator("#label-studio > * reward-scorer")).toHaveCount(1);
});

test("speaks the language of its page", async ({ page }) => {
  await host.open(page, task(PARIS, BRUSH_OFF));
  await host.showRewards(page);
  await load(page);
  await page.evaluate(() => document.documentElement.setAttribute("lang", "fr"));
  await expect(panel(page)).toHaveAttribute("lang", "en"); // which is what it says it in
  await page.evaluate(() => document.documentElement.setAttribute("lang", "pt-BR"));
  const translated = page.getByRole("region", { name: "Recompensas" });
  await expect(translated).toHaveAttribute("lang", "pt-BR");
  await expect(translated).toContainText("recompensa");
  await translated.getByRole("button", { name: /^Preferir response_[ab]$/ }).click();
  expect(await results(page)).toHaveLength(1);
});

test("works under the policy that the documentation asks for", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text());
  });
  const library = "https://your.host/reward-scorer/0.1.0";
  await host.open(page, task(PARIS, BRUSH_OFF), CONFIG, {
    "Content-Security-Policy": `script-src https://your.host/label-studio 'nonce-page' ${library} 'wasm-unsafe-eval'; worker-src blob:; connect-src ${library}`,
  });
  await host.showRewards(page);
  await load(page);
  expect(broken).toEqual([]);
});

declare global {
  interface Window {
    /** Of each response that was on show in a frame, the scores beside it. */
    seen: Record<string, string[]>;
  }
}

/** A host of the editor may put the panel where the editor draws nothing. */
function addPlace(page: Page): Promise<void> {
  return page.evaluate(() => {
    const place = Object.assign(document.createElement("div"), { className: "reward-scorer" });
    document.querySelector("#label-studio")!.before(place);
  });
}

/** Look in every frame, as a person would. */
function watchScores(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.seen = {};
    const look = () => {
      const texts = document.querySelectorAll(".lsf-richtext__container");
      const shown = document.querySelector("reward-scorer-label-studio")?.shadowRoot;
      for (const [at, score] of (shown?.querySelectorAll(".score") ?? []).entries()) {
        const text = texts[at + 1]?.textContent ?? "";
        window.seen[text] ??= [];
        window.seen[text].push(score.textContent!);
      }
      requestAnimationFrame(look);
    };
    look();
  });
}
