import { expect, type Page } from "@playwright/test";
import { patchWorker } from "./engine-page";

/** Hear of every breach of the page's policy, and of those of its workers. @returns what was heard so far */
export async function hearViolations(page: Page): Promise<() => Promise<string[]>> {
  const heard: string[] = [];
  await page.exposeFunction("hearViolation", (violation: string) => void heard.push(violation));
  await page.addInitScript(() => {
    const hear = (violation: string) =>
      (window as unknown as { hearViolation(violation: string): void }).hearViolation(violation);
    new BroadcastChannel("violations").onmessage = ({ data }) => hear(data);
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      hear(`${violatedDirective}: ${blockedURI}`),
    );
  });
  await patchWorker(
    page,
    `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      new BroadcastChannel("violations").postMessage("worker: " + violatedDirective + ": " + blockedURI))`,
  );
  return async () => {
    await page.evaluate(() => Promise.resolve()); // what was posted before has arrived
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
