import { expect, type Page } from "@playwright/test";
import type { Result, Task } from "./label-studio-page";

export const PROMPT = "What is the capital of France?";
export const PARIS = "Paris, France's capital, is a major European city.";
export const BRUSH_OFF = "Look it up yourself.";

export const task = (a: unknown, b: unknown, more: Partial<Task> = {}): Task => ({
  id: 1,
  data: { prompt: PROMPT, response_a: a, response_b: b },
  ...more,
});

export const panel = (page: Page) => page.getByRole("region", { name: "Rewards" });
export const rows = (page: Page) => panel(page).getByRole("listitem");
export const button = (page: Page, name: string | RegExp) => panel(page).getByRole("button", { name });
export const workers = (page: Page) => page.workers().filter((worker) => !/ort-wasm/.test(worker.url()));
export const results = (page: Page) =>
  page.evaluate(() => window.Htx.annotationStore.selected.serializeAnnotation());
export const values = (results: readonly Result[]) =>
  Object.fromEntries(results.map(({ from_name, value }) => [from_name, value]));

export async function load(page: Page, count = 2): Promise<void> {
  await button(page, /^Load model/).click();
  await expect(rows(page)).toHaveCount(count);
}

/** What the panel shows of each response, best first. */
export async function ranking(page: Page): Promise<string[]> {
  const shown = await rows(page).evaluateAll((rows) =>
    rows.map((row) => ({
      name: row.querySelector(".response")!.textContent!,
      score: Number(row.querySelector(".score")!.textContent!.replace("−", "-")),
    })),
  );
  return shown.toSorted((a, b) => b.score - a.score).map(({ name }) => name);
}
