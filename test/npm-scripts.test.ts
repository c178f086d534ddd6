import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { findChromium } from "../scripts/chromium.mjs";
import { findFirefox } from "../scripts/firefox.mjs";

const SCRIPTS = join(import.meta.dirname, "../scripts");

/** In npm's place: it runs to its end and does nothing, so nothing is installed or built. */
const NO_NPM = join(SCRIPTS, "run.mjs");

const TIMEOUT_MS = 30_000;

/** Run `npm start` or `npm test`. @param node the version that it finds */
function npm(script: "start" | "test", args: string[], node = process.versions.node) {
  const versions = `Object.defineProperty(process.versions, "node", { value: "${node}" })`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${versions}`, join(SCRIPTS, `${script}.mjs`), ...args],
    { encoding: "utf8", env: { ...process.env, npm_execpath: NO_NPM }, timeout: TIMEOUT_MS },
  );
  return { status, stdout, stderr };
}

describe("npm start", () => {
  it.each([
    [["--port", "abc"], "--port: expected 0 to 65535, got abc"],
    [["--port", "99999"], "--port: expected 0 to 65535, got 99999"],
    [["--port"], "Option '--port <value>' argument missing"],
    [["--open"], "Unknown option '--open'"],
    [["4000"], "Unexpected argument '4000'"],
  ])("says what it cannot do with %j", (args, found) => {
    const { status, stdout, stderr } = npm("start", args);
    expect(stderr).toBe(
      `npm start: ${found}\nusage: npm start [-- [--port <number>] [--host[=<address>]]]\n`,
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it.each(["18.20.0", "20.18.3", "21.7.0", "22.11.0"])("names Node %s as too old", (version) => {
    const { status, stderr } = npm("start", [], version);
    expect(stderr).toBe(`Node: expected 20 from 20.19 on, or 22.12 or newer; found ${version}\n`);
    expect(status).toBe(1);
  });
});

describe("npm start of a site that is built", () => {
  let root: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "npm-start-"));
    await cp(SCRIPTS, join(root, "scripts"), { recursive: true });
    await symlink(join(SCRIPTS, "../node_modules"), join(root, "node_modules"));
    await writeFile(join(root, "package-lock.json"), "{}");
    await mkdir(join(root, "dist"));
    await writeFile(join(root, "dist/index.html"), "the page");
  });

  afterAll(() => rm(root, { recursive: true }));

  const start = (...args: string[]) =>
    spawn(process.execPath, [join(root, "scripts/start.mjs"), ...args], {
      env: { ...process.env, npm_execpath: NO_NPM },
    });

  it(
    "answers to any name of the machine with --host",
    async () => {
      const server = start("--host", "--port", "0");
      onTestFinished(() => void server.kill());
      const port = await findPort(server.stdout);
      const [response] = await once(
        get({ host: "127.0.0.1", port, headers: { host: `lab-machine.example:${port}` } }),
        "response",
      );
      response.destroy();
      expect(response.statusCode).toBe(200);
    },
    TIMEOUT_MS,
  );

  it(
    "says in one line that it cannot listen there",
    async () => {
      const server = start("--host=203.0.113.9");
      const stderr = server.stderr.setEncoding("utf8").toArray();
      expect(await once(server, "exit")).toEqual([1, null]);
      expect((await stderr).join("")).toMatch(/^npm start: listen EADDRNOTAVAIL: .*203\.0\.113\.9.*\n$/);
    },
    TIMEOUT_MS,
  );
});

/** From the line that says where the page is. */
async function findPort(stdout: Readable): Promise<number> {
  for await (const line of createInterface(stdout)) {
    const [, port] = /^reward-scorer is at http:\/\/\S+?:(\d+)\//.exec(line) ?? [];
    if (port) return Number(port);
  }
  throw new Error("npm start: expected where the page is, found none");
}

describe("npm test", () => {
  it.each(["20.19.0", "22.12.0", "24.0.0"])(
    "fails for a name that no test file has, on Node %s",
    (version) => {
      const { status, stdout, stderr } = npm("test", ["fualt-network"], version);
      expect(stderr).toContain("test files named fualt-network: failed");
      expect(stdout).toContain("0 passed, 0 failed");
      expect(status).toBe(1);
    },
    TIMEOUT_MS,
  );
});

describe("findBrowser", () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ["CHROMIUM_PATH", findChromium],
    ["FIREFOX_PATH", findFirefox],
  ])("names a %s where there is nothing", async (variable, find) => {
    vi.stubEnv(variable, "/nowhere/browser");
    await expect(find()).rejects.toThrow(
      `${variable}: expected a browser, found nothing at /nowhere/browser`,
    );
  });
});
