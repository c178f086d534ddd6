import { existsSync, readFileSync } from "node:fs";
import { run } from "./run.mjs";

/**
 * Find a browser: the one that its variable names, the system's, or one that was downloaded; else install one.
 *
 * @param {object} browser
 * @param {string} browser.package its name, and that of Debian's package
 * @param {string} browser.variable of the environment: a path
 * @param {readonly string[]} browser.places where systems put it
 * @param {() => Promise<string | undefined>} browser.findDownloaded
 * @param {() => Promise<number>} browser.download where Debian's package cannot be installed
 * @returns its path
 * @throws when the one named is not there, or there is none to be had
 */
export async function findBrowser({ package: name, variable, places, findDownloaded, download }) {
  const named = process.env[variable];
  if (named) return existing(named, variable);
  const lookUp = async () => [...places, await findDownloaded()].find((path) => path && existsSync(path));
  const found = await lookUp();
  if (found) return found;
  await (isRootOnDebian() ? installPackage(name) : download());
  const installed = await lookUp();
  if (!installed) throw new Error(`${name}: expected one on the system or downloaded, found none`);
  return installed;
}

function existing(path, variable) {
  if (!existsSync(path)) throw new Error(`${variable}: expected a browser, found nothing at ${path}`);
  return path;
}

async function installPackage(name) {
  await run("apt-get", ["update"]);
  await run("apt-get", ["install", "-y", name], { DEBIAN_FRONTEND: "noninteractive" });
}

/** Ubuntu's packages of these names are stubs for snaps. */
function isRootOnDebian() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}
