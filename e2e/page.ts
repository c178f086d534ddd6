import { expect, type Locator, type Page } from "@playwright/test";

/** The page on the CPU, whatever the GPU. */
export const WASM_PAGE = "/?device=wasm";

export const prompt = (page: Page) => page.getByLabel("Prompt");
export const responses = (page: Page) => page.getByLabel("Response");
export const results = (page: Page) => page.getByRole("status");
export const slider = (page: Page) => page.getByLabel("Alpha (α)");
export const scoreButton = (page: Page) => page.getByRole("button", { name: "Score" });

/** Open the page and wait until the responses on it are scored. */
export async function openScored(page: Page, url = WASM_PAGE): Promise<void> {
  await page.goto(url);
  await expectScored(page);
}

/**
 * Every response has a score for the text it now has, on a page that may still reload itself for threads. Rows of
 * a long file come a few a frame: expect their count first.
 */
export async function expectScored(page: Page, timeout?: number): Promise<void> {
  const scored = results(page).filter({ hasText: /reward [+−]?\d/ });
  const stale = results(page).filter({ hasText: "for an earlier text" });
  const options = timeout === undefined ? {} : { timeout };
  await expectEach(responses(page), scored, options);
  await expect(stale).toHaveCount(0, options);
}

/** There are responses, and as many scores, at one time. */
export async function expectEach(responses: Locator, scores: Locator, options = {}): Promise<void> {
  const allScored = async () => {
    const count = await responses.count();
    return count > 0 && (await scores.count()) === count;
  };
  await expect.poll(allScored, { message: "a score for every response", ...options }).toBe(true);
}

/** The score a result shows, read as a number; far from the screen too, where nothing has an inner text. */
export async function shownScore(result: Locator): Promise<number> {
  const [text] = (await result.textContent())!.trim().match(/^[+−]?[\d,]+\.\d\d/) ?? [];
  expect(text, "a score with two decimals").toBeDefined();
  return Number(text!.replace("−", "-").replace(",", ""));
}

/** As if the person had picked the file. */
export async function openFile(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByLabel("Open a file", { exact: true })
    .and(page.locator("input"))
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

/** Never answer what is asked for: the load stands still. */
export async function holdModel(page: Page): Promise<void> {
  await page.route("**/reward.json", () => undefined);
}

/** There is no model folder. */
export async function missModel(page: Page): Promise<void> {
  await page.route("**/reward.json", (route) => route.fulfill({ status: 404 }));
}

declare global {
  interface Window {
    /** How many messages the page has sent its workers. */
    posted: number;
  }
}

/** Count what the page says to its workers, in `window.posted`. */
export async function countMessages(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.posted = 0;
    const post = Worker.prototype.postMessage as (...args: unknown[]) => void;
    Worker.prototype.postMessage = function (...args: unknown[]) {
      window.posted++;
      post.apply(this, args);
    };
  });
}
