import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runNpm } from "./run.mjs";

/**
 * Install the packages where they are missing or older than the lockfile.
 *
 * @returns the exit code of the installation; 0 when there was none to do
 */
export async function install() {
  if (isInstalled()) return 0;
  // npm 11 reads allowScripts; an older one would download CUDA libraries that nothing here uses.
  return runNpm(["ci"], { ONNXRUNTIME_NODE_INSTALL: "skip" });
}

/** npm writes this file at the end of an installation. */
function isInstalled() {
  const installed = join(ROOT, "node_modules/.package-lock.json");
  return existsSync(installed) && modified(installed) >= modified(join(ROOT, "package-lock.json"));
}

function modified(path) {
  return statSync(path).mtimeMs;
}
