import { readFileSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { MEDIA_TYPES } from "./media-types";

const ROOT = join(import.meta.dirname, "..");

/** Where a static host puts a project's site. */
export const SUB_PATH = "/reward-scorer/";

/** Build the site as it is shipped. @param version what the names of its scripts begin with */
export async function buildSite(version?: string): Promise<string> {
  const folder = join(ROOT, ".cache/plain-host", version ?? "first");
  const output = {
    entryFileNames: `assets/${version}-[name]-[hash].js`,
    chunkFileNames: `assets/${version}-[name]-[hash].js`,
  };
  await build({
    root: ROOT,
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true, ...(version && { rolldownOptions: { output } }) },
    ...(version && { worker: { rolldownOptions: { output } } }),
  });
  return folder;
}

/**
 * A host as GitHub Pages is one: a site below a path, gzip, ten minutes of caching, no header that isolates, no
 * policy, and the site's own page for what is not there.
 */
export class PlainHost implements Disposable {
  /** What is deployed. */
  folder: string;
  /** Sent in place of a file, by its path below the site; undefined never answers. */
  readonly instead = new Map<string, string | Promise<string> | undefined>();
  /** Files, by their paths below the site, of which the first bytes are sent and then the line is cut. */
  readonly cutOff = new Set<string>();
  /** Sent with embed.html: what a host with headers could add for frames. */
  readonly frameHeaders = new Map<string, string>();
  /** How long the browser's own cache may serve a file. */
  maxAgeS = 600;
  #hidesDocumentIsolation = false;
  #server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    void this.#answer(pathname, request.headers["accept-encoding"]?.includes("gzip") === true, response);
  });
  #port = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async start(folder: string): Promise<PlainHost> {
    const host = new PlainHost(folder);
    await new Promise<void>((resolve) => host.#server.listen(0, resolve));
    host.#port = (host.#server.address() as AddressInfo).port;
    return host;
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** The page, on the CPU: the software GPU of the tests takes many times as long. */
  get page(): string {
    return `${this.origin}${SUB_PATH}?device=wasm`;
  }

  /** Service workers find the navigator without what Chromium's has, as in other browsers. */
  hideDocumentIsolation(): void {
    this.#hidesDocumentIsolation = true;
  }

  /** Nothing listens any more, as when the network is gone. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  async #answer(pathname: string, gzip: boolean, response: ServerResponse): Promise<void> {
    const name = pathname.startsWith(SUB_PATH) ? pathname.slice(SUB_PATH.length) || "index.html" : "";
    if (this.instead.has(name)) {
      const text = await this.instead.get(name);
      if (text !== undefined) response.setHeader("Content-Type", MEDIA_TYPES[extname(name)]!).end(text);
      return;
    }
    if (this.cutOff.has(name)) {
      response.writeHead(200, { "Content-Type": MEDIA_TYPES[extname(name)], "Content-Length": 1e6 });
      response.write("<!doctype html>", () => response.destroy());
      return;
    }
    const file = join(this.folder, name);
    if (!name || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404, { "Content-Type": "text/html" });
      return void response.end(
        pathname.startsWith(SUB_PATH) ? readFileSync(join(this.folder, "404.html")) : "",
      );
    }
    if (name === "embed.html") response.setHeaders(this.frameHeaders);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cache-Control", `max-age=${this.maxAgeS}`);
    response.setHeader("Content-Type", MEDIA_TYPES[extname(file)] ?? "application/octet-stream");
    const bytes = this.#read(file);
    if (!gzip || !MEDIA_TYPES[extname(file)]) return void response.end(bytes);
    response.setHeader("Content-Encoding", "gzip").end(gzipSync(bytes, { level: 1 }));
  }

  #read(file: string): Buffer {
    const bytes = readFileSync(file);
    if (!this.#hidesDocumentIsolation || !file.endsWith("service-worker.js")) return bytes;
    return Buffer.concat([Buffer.from('Object.defineProperty(navigator, "userAgentData", {});\n'), bytes]);
  }
}
