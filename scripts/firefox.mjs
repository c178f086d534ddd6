import { join } from "node:path";
import { findBrowser } from "./find-browser.mjs";
import { ROOT, run } from "./run.mjs";

/** Not Ubuntu's `/usr/bin/firefox`: a snap cannot read a profile that another program made. */
const FIREFOX_PLACES = [
  "/usr/bin/firefox-esr",
  "/usr/lib/firefox/firefox",
  "/usr/lib64/firefox/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

/** What Puppeteer downloads. */
const cacheDir = join(ROOT, ".cache/browsers");

/** The path of a Firefox as people have it, see {@link findBrowser}. */
export function findFirefox() {
  return findBrowser({
    package: "firefox-esr",
    variable: "FIREFOX_PATH",
    places: FIREFOX_PLACES,
    findDownloaded,
    download: () =>
      run(process.execPath, [
        join(ROOT, "node_modules/@puppeteer/browsers/lib/cjs/main-cli.js"),
        "install",
        "firefox@stable",
        "--path",
        cacheDir,
      ]),
  });
}

async function findDownloaded() {
  // Not at the top: npm test imports this before it installs the packages.
  const { getInstalledBrowsers } = await import("@puppeteer/browsers");
  const found = await getInstalledBrowsers({ cacheDir });
  return found.find(({ browser }) => browser === "firefox")?.executablePath;
}
