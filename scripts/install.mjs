import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runNpm } from "./run.mjs";

/**
 * Install the packages where they are missing or older than the lockfile.
 *
 * @returns the exit code of the installation; 0 when there was none to do, 1 when Node is too old
 */
export async function install() {
  if (!isNodeNewEnough()) {
    const { node } = process.versions;
    console.error(`Node: expected 20 from 20.19 on, or 22.12 or newer; found ${node}`);
    return 1;
  }
  if (isInstalled()) return 0;
  // npm 11 reads allowScripts; an older one would download CUDA libraries that nothing here uses.
  return runNpm(["ci"], { ONNXRUNTIME_NODE_INSTALL: "skip" });
}

/** The bounds are Vite's, and in package.json `engines`. */
function isNodeNewEnough() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/** npm writes this file at the end of an installation. */
function isInstalled() {
  const installed = join(ROOT, "node_modules/.package-lock.json");
  return existsSync(installed) && modified(installed) >= modified(join(ROOT, "package-lock.json"));
}

function modified(path) {
  return statSync(path).mtimeMs;
}
