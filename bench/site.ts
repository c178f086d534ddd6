import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { build, preview } from "vite";
import { launchOptions } from "../e2e/browser";

const CONFIG = join(import.meta.dirname, "../e2e/vite.config.ts");

export interface Site {
  browser: Browser;
  url: string;
  close(): Promise<void>;
}

/** The site of the tests, built and served, and a browser for it. It serves `.cache/models` as `models`. */
export async function openSite(): Promise<Site> {
  await build({ configFile: CONFIG, logLevel: "error" });
  const server = await preview({ configFile: CONFIG, logLevel: "error", preview: { port: 0 } });
  const browser = await chromium.launch(launchOptions());
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { browser, url: server.resolvedUrls!.local[0]!, close };
}
