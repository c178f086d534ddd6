import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

/**
 * Find a Chromium: the one that `CHROMIUM_PATH` names, the system's, or Playwright's own; else install one.
 *
 * @returns its path
 * @throws when the one named is not there, or there is none to be had
 */
export async function findChromium() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return existing(CHROMIUM_PATH);
  const found = await lookUp();
  if (found) return found;
  await installChromium();
  const installed = await lookUp();
  if (!installed) throw new Error("chromium: expected one on the system or from playwright, found none");
  return installed;
}

function existing(path) {
  if (!existsSync(path)) throw new Error(`CHROMIUM_PATH: expected a browser, found nothing at ${path}`);
  return path;
}

async function lookUp() {
  const { chromium } = await import("@playwright/test");
  return [...CHROMIUM_PLACES, chromium.executablePath()].find((path) => existsSync(path));
}

async function installChromium() {
  if (isRootOnDebian()) {
    await run("apt-get", ["update"]);
    await run("apt-get", ["install", "-y", "chromium"], { DEBIAN_FRONTEND: "noninteractive" });
  } else {
    await run(process.execPath, [join(ROOT, "node_modules/@playwright/test/cli.js"), "install", "chromium"]);
  }
}

/** Ubuntu's package of that name is a stub for a snap. */
function isRootOnDebian() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}
