import { expect, type Page, test } from "@playwright/test";
import { buildId } from "../vite.build-id.ts";
import { sendsSlowly, serveSite } from "./faulty-site";
import { hostOf, LIB } from "./library-site";
import { SCORE } from "./shown-score";

const host = hostOf(LIB);

type Library = typeof import("../src/ui/index");

const PAIR = { prompt: "What is the capital of France?", response: "Look it up yourself." };

declare const controller: AbortController;
declare const asked: PromiseWithResolvers<void>;

/** The policy of a host that lets no worker start; sites: what may be fetched from. */
const noWorker = (sites = host.library) => ({
  "Content-Security-Policy": `script-src ${host.library} 'wasm-unsafe-eval'; worker-src 'none'; connect-src ${sites}`,
});

test("runs without a worker where the host's policy allows none", async ({ page }) => {
  const script = `<script type="module" src="LIB/element.js"></script>`;
  const pair = `prompt="${PAIR.prompt}" response="${PAIR.response}"`;
  await host.open(page, `${script}<reward-scorer device="wasm" ${pair}></reward-scorer>`, noWorker());
  await page.getByRole("button", { name: "Load model" }).click();
  await expect(page.getByRole("status").filter({ hasText: SCORE })).toHaveCount(1);
  expect(page.workers()).toEqual([]);
});

test("stops a load without a worker when it is aborted", async ({ page }) => {
  await using models = await serveSite();
  let closed: Promise<boolean> | undefined;
  const asked = new Promise<void>((resolve) => {
    models.faults.set(".onnx_data", (response, ...rest) => {
      closed = new Promise((resolve) => response.on("close", () => resolve(response.writableFinished)));
      sendsSlowly(10_000)(response, ...rest);
      resolve();
    });
  });
  await host.open(page, "", noWorker(`${host.library} ${models.origin}`));
  const failure = page.evaluate(
    async ([library, models]) => {
      const { createScorer }: Library = await import(`${library}/index.js`);
      const controller = new AbortController();
      Object.assign(window, { controller });
      const options = { model: `${models}/models/bert-seqcls`, signal: controller.signal };
      return createScorer({ ...options, device: "wasm" }).catch(({ message }) => message);
    },
    [host.library, models.origin] as const,
  );
  await asked;
  await page.evaluate(() => controller.abort(new Error("changed my mind")));
  expect(await failure).toBe("changed my mind");
  expect(await closed, "the weights were sent in full").toBe(false);
});

test("stops scoring without a worker when released", async ({ page }) => {
  const site = host.library;
  await host.open(page, "", noWorker());
  const code = await page.evaluate(async (library) => {
    const { createScorer }: Library = await import(`${library}/index.js`);
    const scorer = await createScorer({ model: `${library}/models/demo`, device: "wasm" });
    const pairs = new Array(2000).fill({ prompt: "long ".repeat(200), response: "longer ".repeat(200) });
    const started = Promise.withResolvers<void>();
    const outcome = scorer.score(pairs, { onProgress: () => started.resolve() }).catch(({ code }) => code);
    await started.promise;
    await scorer.release();
    return outcome;
  }, site);
  expect(code).toBe("model-not-loaded");
  await expect.poll(() => longestTurnMs(page)).toBeLessThan(50);
});

test("keeps to its own engine beside another build's", async ({ page }) => {
  const site = host.library;
  // What the other build's engine leaves on the page answers nothing.
  const before = "const kept = new Map(Reflect.ownKeys(globalThis).map((key) => [key, globalThis[key]]));";
  const after = `for (const key of Object.getOwnPropertySymbols(globalThis))
    if (globalThis[key] !== kept.get(key)) globalThis[key] = () => { asked.resolve(); return () => undefined; };`;
  await page.route(`${site}/other/*.js`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace("/other/", "/") });
    const code = (await response.text()).replaceAll(buildId(), "another");
    const isEngine = route.request().url().includes("scorer-worker");
    await route.fulfill({ response, body: isEngine ? `${before}\n${code}\n${after}` : code });
  });
  await host.open(page, "", noWorker());
  const [first, second] = await page.evaluate(
    async ([library, pair]) => {
      const { createScorer: own }: Library = await import(`${library}/index.js`);
      const { createScorer: other }: Library = await import(`${library}/other/index.js`);
      const options = { model: `${library}/models/demo`, device: "wasm" } as const;
      const score = async () => {
        const scorer = await own(options);
        const { reward } = await scorer.score(pair);
        await scorer.release();
        return reward;
      };
      const first = await score();
      Object.assign(window, { asked: Promise.withResolvers<void>() });
      void other(options);
      await asked.promise;
      return [first, await score()];
    },
    [site, PAIR] as const,
  );
  expect(second).toBe(first);
});

/** The longest of ten turns of the page's event loop. */
function longestTurnMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const turns: number[] = [];
    for (let turn = 0; turn < 10; turn++) {
      const before = performance.now();
      await new Promise((resolve) => setTimeout(resolve));
      turns.push(performance.now() - before);
    }
    return Math.max(...turns);
  });
}
