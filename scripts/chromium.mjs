import { join } from "node:path";
import { findBrowser } from "./find-browser.mjs";
import { ROOT, run } from "./run.mjs";

/** Where systems put a browser that Chromium's protocol drives. */
export const CHROMIUM_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The path of a Chromium, see {@link findBrowser}; Playwright's own where there is no other. */
export function findChromium() {
  return findBrowser({
    package: "chromium",
    variable: "CHROMIUM_PATH",
    places: CHROMIUM_PLACES,
    findDownloaded: async () => (await import("@playwright/test")).chromium.executablePath(),
    download: () =>
      run(process.execPath, [join(ROOT, "node_modules/@playwright/test/cli.js"), "install", "chromium"]),
  });
}
