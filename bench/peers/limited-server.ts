import { readFileSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { MEDIA_TYPES } from "../../e2e/media-types";

/** Short enough that two answers under way share the line. */
const PIECE_BYTES = 16_384;

/** One answer, for what was asked since the last {@link LimitedServer.reset}. */
export interface Answer {
  path: string;
  /** Of the body as sent, compressed. */
  bytes: number;
  /** By the clock of `performance.now`, in milliseconds. */
  askedAt: number;
  sentAt: number;
}

/** A static site over one line of so many bits a second for all its answers; gzip for what hosts compress. */
export class LimitedServer implements Disposable {
  readonly #server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    void this.#answer(pathname, request.method === "HEAD", response);
  });
  readonly #compressed = new Map<string, Buffer>();
  #answers: Answer[] = [];
  #bitsPerSecond = Number.POSITIVE_INFINITY;
  /** When the line is free again, in milliseconds of `performance.now`. */
  #freeAt = 0;

  private constructor(private readonly roots: readonly string[]) {}

  /** @param roots where a path is looked for, in order */
  static async start(...roots: string[]): Promise<LimitedServer> {
    const server = new LimitedServer(roots);
    await new Promise<void>((resolve) => server.#server.listen(0, resolve));
    return server;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  get answers(): readonly Answer[] {
    return this.#answers;
  }

  reset(bitsPerSecond = Number.POSITIVE_INFINITY): void {
    this.#answers = [];
    this.#bitsPerSecond = bitsPerSecond;
    this.#freeAt = performance.now();
  }

  [Symbol.dispose](): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(pathname: string, head: boolean, response: ServerResponse): Promise<void> {
    const now = performance.now();
    const answer = { path: pathname, bytes: 0, askedAt: now, sentAt: now };
    this.#answers.push(answer);
    const type = pathname === "/" ? MEDIA_TYPES[".html"] : MEDIA_TYPES[extname(pathname)];
    const body = this.#read(pathname, type !== undefined);
    if (!body) return void response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": type ?? "application/octet-stream",
      "Content-Length": body.length,
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      ...(type && { "Content-Encoding": "gzip" }),
    });
    if (head) return void response.end();
    for (let at = 0; at < body.length && !response.destroyed; at += PIECE_BYTES) {
      const piece = body.subarray(at, at + PIECE_BYTES);
      await this.#waitForLine(piece.length);
      answer.bytes += piece.length;
      answer.sentAt = performance.now();
      response.write(piece);
    }
    response.end();
  }

  #waitForLine(bytes: number): Promise<void> {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (8000 * bytes) / this.#bitsPerSecond;
    return this.#freeAt > now + 1 ? setTimeout(this.#freeAt - now) : Promise.resolve();
  }

  #read(pathname: string, compress: boolean): Buffer | undefined {
    const known = this.#compressed.get(pathname);
    if (known) return known;
    const name = pathname === "/" ? "/index.html" : pathname;
    const path = this.roots
      .map((root) => join(root, name))
      .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
    if (!path) return undefined;
    if (!compress) return readFileSync(path);
    const body = gzipSync(readFileSync(path));
    this.#compressed.set(pathname, body);
    return body;
  }
}
