import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Run a program with its output on ours.
 *
 * @returns its exit code; 1 when a signal ended it or it could not be started
 */
export function run(program, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
    child.on("error", (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Run npm, by the copy that started us where npm did: a plain `npm` is no program on Windows. */
export function runNpm(args, env) {
  const cli = process.env.npm_execpath;
  return cli ? run(process.execPath, [cli, ...args], env) : run("npm", args, env);
}
