import { chromium, expect, type LaunchOptions, type Page, type Request, test } from "@playwright/test";
import { launchOptions } from "./browser";
import { hostPage, press, SITE, score, widget } from "./frame-host";
import { hostOf } from "./library-site";
import { SCORE } from "./shown-score";

const host = hostOf(SITE);

const PAIR = { prompt: "What is the capital of France?", response: "Google it pal." };

const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Frames of a plain static host, in pages of another site. */
const FRAMES: { name: string; attributes?: string; headers?: Record<string, string> }[] = [
  { name: "a plain frame" },
  { name: "a credentialless frame", attributes: "credentialless" },
  { name: "a frame sandboxed with its origin", attributes: `sandbox="allow-scripts allow-same-origin"` },
  { name: "a frame sandboxed without an origin", attributes: `sandbox="allow-scripts"` },
  { name: "a credentialless frame of an isolated page", attributes: "credentialless", headers: ISOLATED },
];

for (const { name, attributes = "", headers } of FRAMES) {
  for (const device of ["webgpu", "wasm"]) {
    test(`scores on ${device} in ${name}`, async ({ page }) => {
      await host.open(page, hostPage(attributes, `device=${device}`), headers);
      const told = score(page, PAIR);
      await press(page);
      const { model, scores } = await told;
      expect(model.backend).toBe(device);
      expect(scores).toHaveLength(1);
      await expect(widget(page).getByRole("status")).toHaveText(SCORE);
    });
  }
}

test("has threads in an isolated page that passes the isolation on", async ({ page, baseURL }) => {
  const attributes = `allow="cross-origin-isolated"`;
  await host.open(page, hostPage(attributes).replaceAll("LIB", baseURL!), ISOLATED);
  const told = score(page, PAIR);
  await press(page);
  await told;
  expect(await page.frames()[1]!.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(page.workers().length).toBeGreaterThan(1);
});

test("tells an isolated page that a frame without credentialless was not let in", async ({ page }) => {
  await host.open(page, hostPage(), ISOLATED);
  const message = await page.evaluate(async (origin) => {
    const { embedRewardScorer } = await import(`${origin}/embed.js`);
    return embedRewardScorer(document.querySelector("iframe")!, { timeoutMs: 200 }).catch(
      ({ message }: Error) => message,
    );
  }, host.library);
  expect(message).toContain("in 0.2 s, got none");
});

test("needs of a host's policy what the documentation says", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text());
  });
  // The host's own script and style attribute are its own to allow.
  const own = `img-src data:; style-src 'unsafe-inline'`;
  await host.open(page, hostPage().replace("<script", `<script nonce="host"`), {
    "Content-Security-Policy": `default-src 'none'; ${own}; script-src 'nonce-host' ${host.library}; frame-src ${host.library}`,
  });
  const told = score(page, PAIR);
  await press(page);
  expect((await told).model.backend).toBe("wasm");
  expect(broken).toEqual([]);
});

test("keeps the model for the next visit where the browser stores for frames of other sites", async () => {
  await using browser = await chromium.launch(await withStorage());
  const page = await browser.newPage();
  expect(await downloads(page)).toBeGreaterThan(0);
  expect(await downloads(page)).toBe(0);
});

test("keeps nothing in a credentialless frame once its page is left", async () => {
  await using browser = await chromium.launch(await withStorage());
  const page = await browser.newPage();
  expect(await downloads(page, "credentialless")).toBeGreaterThan(0);
  expect(await downloads(page, "credentialless")).toBeGreaterThan(0);
});

test("scores where storage throws, and downloads again at the next visit", async ({ page }) => {
  expect(await downloads(page)).toBeGreaterThan(0);
  const refused = await page.frames()[1]!.evaluate(() => {
    try {
      return typeof localStorage;
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refused).toBe("SecurityError");
  expect(await downloads(page)).toBeGreaterThan(0);
});

/** Open the host and score. @returns how many files of weights were asked for */
async function downloads(page: Page, attributes = ""): Promise<number> {
  let count = 0;
  const hear = (request: Request) => {
    if (request.url().endsWith(".onnx_data")) count++;
  };
  page.on("request", hear);
  await host.open(page, hostPage(attributes));
  const told = score(page, PAIR);
  await press(page);
  expect((await told).scores).toHaveLength(1);
  page.off("request", hear);
  return count;
}

/**
 * Playwright switches the partitioning of storage off, and then Chromium, which blocks cookies of third
 * parties, lets their frames store nothing. People's browsers partition, and store.
 */
async function withStorage(): Promise<LaunchOptions> {
  const options = launchOptions();
  const server = await chromium.launchServer(options);
  const switched = server.process().spawnargs.find((argument) => argument.startsWith("--disable-features="))!;
  await server.close();
  return {
    ...options,
    ignoreDefaultArgs: [switched],
    args: [...options.args!, switched.replace(/,?ThirdPartyStoragePartitioning/, "")],
  };
}
