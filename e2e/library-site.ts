import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { test } from "@playwright/test";
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

/** A page of another site than the library's, not only of another port; it serves the library as well. */
export class Host implements Disposable {
  #site?: Site;
  #library?: Site;
  #html = "";
  #headers: Record<string, string> = {};

  /** @param folders of the library */
  static async start(...folders: string[]): Promise<Host> {
    const host = new Host();
    await host.listen(...folders);
    return host;
  }

  async listen(...folders: string[]): Promise<void> {
    this.#library = await serveFolders(...folders);
    this.#site = await serve((_, response) => {
      response.writeHead(200, { "Content-Type": "text/html", ...this.#headers });
      response.end(`<!doctype html><meta charset="utf-8" /><link rel="icon" href="data:," />${this.#html}`);
    });
  }

  get origin(): string {
    return this.#site!.origin.replace("localhost", "127.0.0.1");
  }

  /** The library's origin, which `LIB` in a page stands for. */
  get library(): string {
    return this.#library!.origin;
  }

  async open(
    page: { goto(url: string): Promise<unknown> },
    html: string,
    headers: Record<string, string> = {},
  ): Promise<void> {
    this.#html = html.replaceAll("LIB", this.library);
    this.#headers = headers;
    await page.goto(this.origin);
  }

  [Symbol.dispose](): void {
    this.#site?.[Symbol.dispose]();
    this.#library?.[Symbol.dispose]();
  }
}

/** A host for all tests of a file; it listens from the first of them on. */
export function hostOf(...folders: string[]): Host {
  const host = new Host();
  test.beforeAll(() => host.listen(...folders));
  test.afterAll(() => host[Symbol.dispose]());
  return host;
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
