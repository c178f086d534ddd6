import { expect, type Page } from "@playwright/test";
import { patchWorker } from "./engine-page";

/** Begins what is told of a breach, on the console: also of a worker whose origin is not the page's. */
const TOLD = "breach of policy: ";

/** What no policy here allows, for a worker to try. */
export const EVAL = `try { eval("1"); } catch {}`;

/**
 * Hear of every breach of the page's policy, and of those of its frames and workers.
 *
 * @param more what workers do then
 * @returns what was heard so far
 */
export async function hearViolations(page: Page, more = ""): Promise<() => Promise<string[]>> {
  const heard: string[] = [];
  page.on("console", (message) => {
    if (message.text().startsWith(TOLD)) heard.push(message.text().slice(TOLD.length));
  });
  const tell = (who: string) => `
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.info("${TOLD}${who}" + violatedDirective + ": " + blockedURI));`;
  await page.addInitScript(tell(""));
  await patchWorker(page, `${tell("worker: ")} ${more}`);
  return async () => {
    await page.evaluate(() => Promise.resolve()); // what was told before has arrived
    return heard;
  };
}

/** Run a script of the page's own origin, with no leave that a test's own code would have. */
export async function runScript(page: Page, body: string): Promise<void> {
  await page.route("**/probe.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = "/probe.js";
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      }),
  );
}

/** Whatever in the page could run a script or load something that text must not bring along. */
export async function expectInert(page: Page): Promise<void> {
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
  await expect(
    page.locator("img, iframe, object, embed, [onerror], [onload], [onclick], [style]"),
  ).toHaveCount(0);
  const own = `[href^="https://huggingface.co/"], [href="embed-demo.html"]`;
  await expect(page.locator(`a[href]:not(${own})`)).toHaveCount(0);
}
