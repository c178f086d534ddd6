import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { ProdigyTask } from "../src/embed/prodigy-task";
import { DEMO_TOLERANCE } from "../src/shared/tolerance";
import { readFixturePairs } from "../test/fixture";
import { documentedCode } from "./documented";
import { expectAgreement } from "./engine-page";
import { hostOf, LIB } from "./library-site";
import { type ProdigyPage, prodigyPage } from "./prodigy-page";
import { SCORE } from "./shown-score";

declare const tool: ProdigyPage;

const host = hostOf(LIB, join(import.meta.dirname, "../node_modules/mustache"));

const PROMPT = "What is the capital of France?";
const PAIRS = readFixturePairs("demo")
  .slice(0, 3)
  .map(({ prompt, response }, at) => ({ prompt, response, _task_hash: 100 + at }));
const CHOICE: ProdigyTask = {
  prompt: PROMPT,
  _task_hash: 7,
  options: [
    { id: "it", text: "Google it pal." },
    { id: "long", text: readFixturePairs("demo")[0]!.response },
  ],
};

/** Open the how-to's recipe. */
async function open(
  page: Page,
  tasks: readonly ProdigyTask[],
  next: "at once" | "later" = "at once",
): Promise<void> {
  const template = documentedCode("prodigy", "html", { origin: host.library });
  const javascript = documentedCode("prodigy", "js", { origin: host.library });
  await host.open(page, prodigyPage({ html_template: template, javascript, tasks, next }));
}

const load = (page: Page) => page.getByRole("button", { name: "Load model" }).click();
const scores = (page: Page) => page.getByRole("status").filter({ hasText: SCORE });
const scorers = (page: Page) => page.workers().filter((worker) => !/ort-wasm/.test(worker.url()));
const answer = (page: Page, given: "accept" | "ignore" = "accept") =>
  page.evaluate((given) => tool.answer(given), given);
const saved = (page: Page) => page.evaluate(() => tool.saved);
const updates = (page: Page) => page.evaluate(() => tool.updates);
const speak = (page: Page, lang: string) =>
  page.evaluate((lang) => {
    document.documentElement.lang = lang;
  }, lang);
const edit = (page: Page, changes: Partial<ProdigyTask>) =>
  page.evaluate((changes) => window.prodigy!.update(changes), changes);

test("downloads nothing before a press, then scores each task once and saves the score in it", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(page, PAIRS);
  await expect(page.getByRole("button", { name: "Load model" })).toBeVisible();
  expect(asked.filter((path) => /wasm|worker|models/.test(path))).toEqual([]);
  await load(page);
  for (const [at, pair] of PAIRS.entries()) {
    await expect(page.getByText(pair.response)).toBeVisible();
    await expect.poll(async () => (await updates(page)).length).toBe(at + 1);
    await answer(page);
  }
  const tasks = await saved(page);
  expect(tasks).toEqual(
    PAIRS.map((pair, at) => ({
      ...pair,
      answer: "accept",
      reward_response: expect.any(Number),
      reward_score_response: 10 * (tasks[at]!.reward_response as number),
      reward_tokens_response: readFixturePairs("demo")[at]!.ids.length,
      reward_truncated_response: false,
      reward_model: "demo",
      reward_revision: expect.stringMatching(/^sha256-[0-9a-f]{12}$/),
      reward_dtype: "q8",
      reward_backend: "wasm",
      reward_alpha: 10,
    })),
  );
  const rewards = tasks.map(({ reward_response, reward_tokens_response }) => ({
    reward: reward_response as number,
    tokens: reward_tokens_response as number,
  }));
  expectAgreement(rewards, "q8", "demo", { worst: DEMO_TOLERANCE, mean: DEMO_TOLERANCE });
  expect(await updates(page)).toHaveLength(PAIRS.length); // none for the empty queue, none for our own event
  await expect(page.getByText("No tasks available.")).toBeVisible();
  await expect(scores(page)).toHaveCount(0);
  expect(scorers(page)).toHaveLength(1);
});

for (const next of ["at once", "later"] as const) {
  test(`shows no score of the answered task when the next comes ${next}`, async ({ page }) => {
    await open(page, PAIRS, next);
    await load(page);
    await expect(scores(page)).toHaveCount(1);
    const first = await scores(page).innerText();
    await page.evaluate(() => {
      const seen = new Set<string>();
      const look = () => {
        const shown = document.querySelector("#html")!.textContent;
        const list = document.querySelector("reward-scorer-responses")?.shadowRoot;
        const score = list?.querySelector("reward-scorer")?.shadowRoot?.querySelector("output")?.textContent;
        seen.add(JSON.stringify([shown, score]));
        requestAnimationFrame(look);
      };
      Object.assign(window, { seen });
      requestAnimationFrame(look);
    });
    await answer(page);
    await expect(page.getByText(PAIRS[1]!.response)).toBeVisible();
    await expect(scores(page)).not.toHaveText(first.replace(/\s+/g, " "));
    await expect(scores(page)).toHaveCount(1);
    const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
    const number = first.split(/\s/)[0]!;
    const stale = seen.filter((frame) => frame.includes(PAIRS[1]!.response) && frame.includes(number));
    expect(stale).toEqual([]);
    expect(scorers(page)).toHaveLength(1);
  });
}

test("saves no score for a task that is answered before it has one", async ({ page }) => {
  await open(page, PAIRS);
  await answer(page);
  await load(page);
  await expect.poll(() => updates(page)).toHaveLength(1);
  await answer(page);
  const [early, scored] = await saved(page);
  expect(early).toEqual({ ...PAIRS[0], answer: "accept" });
  expect(scored).toMatchObject({ ...PAIRS[1], reward_response: expect.any(Number) });
});

test("scores a task again that comes again", async ({ page }) => {
  await open(page, [PAIRS[0]!, PAIRS[0]!]);
  await load(page);
  await expect.poll(() => updates(page)).toHaveLength(1);
  await answer(page);
  await expect.poll(() => updates(page)).toHaveLength(2);
  await answer(page);
  const [first, second] = await saved(page);
  expect(second).toEqual(first);
});

test("takes back the score of a text that the annotator changes, and scores the new one", async ({
  page,
}) => {
  await open(page, PAIRS);
  await load(page);
  await expect.poll(() => updates(page)).toHaveLength(1);
  const before = await page.evaluate(() => window.prodigy!.content!);
  const between = await page.evaluate(() => {
    window.prodigy!.update({ response: "Berlin." });
    return window.prodigy!.content!;
  });
  expect(between).toMatchObject({
    response: "Berlin.",
    reward_response: null,
    reward_score_response: null,
    reward_model: null,
  });
  await expect.poll(() => updates(page)).toHaveLength(4);
  const after = await page.evaluate(() => window.prodigy!.content!);
  expect(after).toMatchObject({
    response: "Berlin.",
    reward_response: expect.any(Number),
    reward_model: before.reward_model,
  });
  expect(after.reward_response).not.toBe(before.reward_response);
});

test("takes back a score that came with the task, where the annotator changes the text", async ({ page }) => {
  const scored = { ...PAIRS[0]!, reward_response: 1.5, reward_note: "of a file", reward_model: "demo" };
  await open(page, [scored, { ...PAIRS[1]!, reward_cents: 5 }]);
  await answer(page);
  await page.evaluate(() => tool.undo());
  expect(await updates(page)).toEqual([]); // no text was changed yet
  await edit(page, { response: "Berlin." });
  await answer(page);
  await edit(page, { response: "Berlin." });
  await answer(page);
  const [task, other] = await saved(page);
  expect(task).toMatchObject({
    response: "Berlin.",
    reward_response: null,
    reward_note: null,
    reward_model: null,
  });
  expect(other).toMatchObject({ response: "Berlin.", reward_cents: 5 }); // no score of ours
});

test("takes back the score of a task that an undo brings back to be changed", async ({ page }) => {
  await open(page, PAIRS);
  await load(page);
  await expect.poll(() => updates(page)).toHaveLength(1);
  await answer(page);
  await expect.poll(() => updates(page)).toHaveLength(2);
  await page.evaluate(() => {
    tool.undo();
    window.prodigy!.update({ response: "Berlin." });
    tool.answer("accept"); // before the new score is there
  });
  const [task] = await saved(page);
  expect(task).toMatchObject({ response: "Berlin.", reward_response: null, reward_model: null });
});

test("scores every option, and accepts the highest only when its button is pressed", async ({ page }) => {
  await open(page, [CHOICE, PAIRS[0]!]);
  await load(page);
  await expect(scores(page)).toHaveCount(2);
  const content = await page.evaluate(() => window.prodigy!.content!);
  const rewards = content.reward_options as number[];
  expect(content).toMatchObject({
    options: CHOICE.options!,
    reward_score_options: rewards.map((reward) => 10 * reward),
    reward_truncated_options: [false, false],
    reward_margin: rewards[1]! - rewards[0]!,
  });
  expect(rewards[1]).toBeGreaterThan(rewards[0]!);
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  expect(await page.evaluate(() => window.prodigy!.content!.accept)).toBeUndefined();
  await page.getByRole("button", { name: "Choose the highest: 2" }).press(" ");
  await expect(page.getByRole("radio", { checked: true })).toHaveAccessibleName(
    String(CHOICE.options![1]!.text),
  );
  expect(await saved(page)).toEqual([]); // the space bar was not Prodigy's
  expect(await updates(page)).toHaveLength(2);
  await speak(page, "pt-BR");
  await expect(page.getByRole("button", { name: "Escolher a de maior pontuação: 2" })).toBeVisible();
  await speak(page, "en");
  await answer(page);
  const [task] = await saved(page);
  expect(task).toMatchObject({ accept: ["long"], reward_model: "demo", reward_alpha: 10 });
  await expect(scores(page)).toHaveCount(1);
  await expect(page.getByRole("button")).toHaveCount(0);
});

test("leaves the space bar to Prodigy after a press with the mouse on the button that loads", async ({
  page,
}) => {
  await page.route("**/*.onnx_data", () => undefined);
  await open(page, PAIRS);
  await load(page);
  const cancel = page.getByRole("button", { name: "Cancel" });
  await expect(cancel).toBeVisible();
  await page.keyboard.press(" ");
  expect(await saved(page)).toEqual([{ ...PAIRS[0], answer: "ignore" }]);
  await expect(cancel).toBeVisible();
});

test("leaves the space bar to Prodigy after a press with the mouse on the button that chooses", async ({
  page,
}) => {
  await open(page, [CHOICE, PAIRS[0]!]);
  await load(page);
  await page.getByRole("button", { name: "Choose the highest: 2" }).click();
  await page.keyboard.press(" ");
  expect(await saved(page)).toMatchObject([{ accept: ["long"], answer: "ignore" }]);
});

test("offers no choice between equal scores", async ({ page }) => {
  const options = ["one", "two"].map((id) => ({ id, text: "The same." }));
  await open(page, [{ ...CHOICE, options }]);
  await load(page);
  await expect(scores(page)).toHaveCount(2);
  await expect(page.getByRole("button")).toHaveCount(0);
});

test("shows and scores markup as the text it is", async ({ page }) => {
  const text = `<img src=x onerror="window.broken=1"></p><script>window.broken=2</script>{{prompt}}\r\n&amp; \u{1f600}`;
  await open(page, [
    {
      prompt: text,
      response: text,
      _task_hash: 1,
      options: [
        { id: 1, text },
        { id: 2, text: "-" },
      ],
    },
  ]);
  await load(page);
  await expect(scores(page)).toHaveCount(2);
  expect(await page.evaluate(() => (window as { broken?: number }).broken)).toBeUndefined();
  const read = await page.evaluate(() => {
    const { prompt, responses } = document.querySelector("reward-scorer-responses")!;
    return [prompt, responses[0]!.text];
  });
  expect(read).toEqual([text, text]);
});

test("says which text a task lacks, and scores the next", async ({ page }) => {
  await open(page, [{ prompt: PROMPT, _task_hash: 1 }, PAIRS[0]!]);
  await expect(page.getByRole("alert")).toHaveText('task: expected a string in "response", got undefined');
  await answer(page);
  await load(page);
  await expect(scores(page)).toHaveCount(1);
  await edit(page, { response: 5 });
  await expect(page.getByRole("alert")).toHaveText('task: expected a string in "response", got number');
  expect(await page.evaluate(() => window.prodigy!.content!.reward_response)).toBeNull();
});

test("asks for no second press after a task without a text, however long that is read", async ({ page }) => {
  await page.clock.install();
  await open(page, [PAIRS[0]!, { prompt: PROMPT, _task_hash: 1 }, PAIRS[1]!]);
  await load(page);
  await expect(scores(page)).toHaveCount(1);
  await answer(page);
  await expect(page.getByRole("alert")).toBeVisible();
  await page.clock.fastForward(31_000);
  await expect.poll(() => scorers(page)).toEqual([]);
  await answer(page);
  await expect(scores(page)).toHaveCount(1);
});
