import type { Page } from "@playwright/test";
import type { LoadedModel } from "../src/shared/contract";
import type { Scorer } from "../src/ui/scorer";
import type { Cell, ScorePairs } from "../test/matrix-cell";
import { changeManifest, keepOnly, PAGE } from "./engine-page";

declare global {
  interface Window {
    cell: Scorer;
  }
}

/**
 * One graph of a model on one backend of the browser: a load would take the first graph that works, so the
 * manifest is served with that one alone.
 *
 * @param model URL of the model folder, relative to the engine's page
 */
export async function openBrowserCell(
  page: Page,
  model: string,
  { backend, dtype, attention }: Cell,
): Promise<{ model: LoadedModel; score: ScorePairs }> {
  if (backend === "WASM, 1 thread") await leaveIsolation(page);
  await changeManifest(page, (manifest) => {
    keepOnly(manifest, (artifact) => artifact.dtype === dtype);
    for (const artifact of manifest.artifacts)
      artifact.graphs = artifact.graphs.filter((graph) => graph.attention === attention);
  });
  // tsx names functions by a helper that the page does not have.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.goto(PAGE);
  const loaded = await page.evaluate(
    async ([model, device]) => {
      window.cell = await window.engine.createScorer({ model, device });
      return window.cell.model;
    },
    [model, backend === "WebGPU" ? "webgpu" : "wasm"] as const,
  );
  const score: ScorePairs = (pairs) =>
    page.evaluate(
      (pairs) => window.cell.score(pairs),
      pairs.map(({ prompt, response }) => ({ prompt, response })),
    );
  return { model: loaded, score };
}

/** Without these headers the page is not cross-origin isolated, and WASM has one thread. */
async function leaveIsolation(page: Page): Promise<void> {
  await page.route(`**${PAGE}`, async (route) => {
    const response = await route.fetch();
    const kept = Object.entries(response.headers()).filter(([name]) => !name.startsWith("cross-origin-"));
    await route.fulfill({ response, headers: Object.fromEntries(kept) });
  });
}
