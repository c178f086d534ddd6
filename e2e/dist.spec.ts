import { createReadStream, readdirSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { build } from "vite";
import { expectScored } from "./page";

const DIST = join(import.meta.dirname, "../.cache/dist");

/** Where a static host puts a project's site. */
const SUB_PATH = "/reward-scorer/";

/** GitHub warns of files above this size, in bytes. */
const MAX_FILE_BYTES = 50_000_000;

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

let server: Server;

test.beforeAll(async () => {
  await build({
    root: join(import.meta.dirname, ".."),
    logLevel: "error",
    build: { outDir: DIST, emptyOutDir: true },
  });
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    const path = join(DIST, pathname.slice(SUB_PATH.length) || "index.html");
    if (!pathname.startsWith(SUB_PATH) || !statSync(path, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
});

test.afterAll(() => void server.close());

test("holds each WebAssembly build of one ONNX Runtime once, and nothing too large", () => {
  const paths = readdirSync(DIST, { recursive: true }).map(String);
  const wasm = paths.filter((path) => path.endsWith(".wasm"));
  expect(wasm.map((path) => path.replace(/^assets\/(.*)-[\w-]{8}\.wasm$/, "$1")).sort()).toEqual([
    "ort-wasm-simd-threaded",
    "ort-wasm-simd-threaded.asyncify",
    "ort-wasm-simd-threaded.jspi",
  ]);
  const entries = paths.filter((path) => /^assets\/ort\./.test(path));
  expect(entries.map((path) => path.replace(/-[\w-]{8}\.js$/, "")).sort()).toEqual([
    "assets/ort.jspi.min",
    "assets/ort.wasm.min",
    "assets/ort.webgpu.min",
  ]);
  const tooLarge = paths.filter((path) => statSync(join(DIST, path)).size > MAX_FILE_BYTES);
  expect(tooLarge).toEqual([]);
});

test("scores on a plain static server, below a sub-path and without special headers", async ({ page }) => {
  const foreign: string[] = [];
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin + SUB_PATH) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  await page.goto(`${origin}${SUB_PATH}?device=wasm`);
  await expectScored(page);
  await expect(page.getByRole("button", { name: "WASM · 1 thread · checked" })).toBeVisible();
  expect(foreign).toEqual([]);
});
