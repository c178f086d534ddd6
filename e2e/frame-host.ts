import { join } from "node:path";
import type { FrameLocator, Page } from "@playwright/test";
import type { EmbeddedScorer, FrameScores, ScoreRequest } from "../src/embed/embed";

/** The site as the tests' setup has built it: what GitHub Pages would serve. */
export const SITE = join(import.meta.dirname, "../.cache/e2e-site");

/** What a host page's script holds. */
export type Scorer = Promise<EmbeddedScorer>;

declare const scorer: Scorer;

/** A host as the documentation has it. @param query of the frame's address */
export function hostPage(attributes = "", query = "device=wasm"): string {
  return `
    <iframe src="LIB/embed.html?${query}" title="Reward" style="width: 100%; border: 0" ${attributes}></iframe>
    <script type="module">
      import { embedRewardScorer } from "LIB/embed.js";
      window.scorer = embedRewardScorer(document.querySelector("iframe[title]"));
    </script>`;
}

export function widget(page: Page): FrameLocator {
  return page.frameLocator("iframe[title]");
}

export function press(page: Page): Promise<void> {
  return widget(page)
    .getByRole("button", { name: /^Load model/ })
    .click();
}

/** What the frame tells its host of these texts. */
export function score(page: Page, request: ScoreRequest): Promise<FrameScores> {
  return page.evaluate(async (request) => (await scorer).score(request), request);
}
