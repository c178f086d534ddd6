import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Page } from "@playwright/test";
import { MEDIA_TYPES } from "./media-types";

const ROOT = join(import.meta.dirname, "..");

/** The library as the tests' setup has built it. */
export const LIB = join(ROOT, "lib");

/** A server of the tests; ended by `using`. */
export interface Site extends Disposable {
  origin: string;
}

/** Serve folders as GitHub Pages and package CDNs do: to every other site, and with no other header of theirs. */
export function serveFolders(...folders: string[]): Promise<Site> {
  return serve((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    response.setHeader("Access-Control-Allow-Origin", "*");
    const path = folders.map((folder) => join(folder, pathname)).find(isFile);
    if (!path) return void response.writeHead(404).end();
    response.setHeader("Content-Type", MEDIA_TYPES[extname(path)] ?? "application/octet-stream");
    createReadStream(path).pipe(response);
  });
}

/** A page of another site than the library's: not only of another port. */
export class Host implements Disposable {
  readonly #site: Site;
  readonly #library: string;
  #html = "";
  #headers: Record<string, string> = {};

  private constructor(site: Site, library: string) {
    this.#site = site;
    this.#library = library;
  }

  /** @param library what `LIB` in a page stands for */
  static async start(library: Site): Promise<Host> {
    const site = await serve((_, response) => {
      response.writeHead(200, { "Content-Type": "text/html", ...host.#headers });
      response.end(`<!doctype html><meta charset="utf-8" /><link rel="icon" href="data:," />${host.#html}`);
    });
    const host = new Host(site, library.origin);
    return host;
  }

  get origin(): string {
    return this.#site.origin.replace("localhost", "127.0.0.1");
  }

  async open(page: Page, html: string, headers: Record<string, string> = {}): Promise<void> {
    this.#html = html.replaceAll("LIB", this.#library);
    this.#headers = headers;
    await page.goto(this.origin);
  }

  [Symbol.dispose](): void {
    this.#site[Symbol.dispose]();
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Site> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://localhost:${port}`, [Symbol.dispose]: () => void server.close() };
}
