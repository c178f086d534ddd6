import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** The commit that `main` stands for. */
export const COMMIT = "0123456789abcdef0123456789abcdef01234567";
export const REPOSITORY = "someone/tiny-reward";
export const TOKEN = "hf_secretSECRETsecret";

export interface TestHub {
  endpoint: string;
  /** Every request, to the Hub and to the host it sends large files to. */
  requests: {
    host: "hub" | "storage";
    url: string;
    range: string | undefined;
    authorization: string | undefined;
  }[];
  /** Cut the next answers for this file after so many bytes each; a client may lose the last of them. */
  cutAfter: Map<string, number[]>;
  /** Answer with these bytes instead. */
  replaced: Map<string, Uint8Array>;
  /** Answer every question with this status. */
  status: number | undefined;
  /** Serve only requests with the token. */
  isPrivate: boolean;
  size(name: string): number;
}

/**
 * A Hub on this machine with one repository: info, tree and files, as the real one answers. Weights are
 * stored with LFS and served by another host, where the Hub redirects to.
 */
export async function startHub(files: ReadonlyMap<string, Uint8Array>): Promise<TestHub> {
  const storage = await listen((request, response) => serveStorage(hub, files, request, response));
  const server = await listen((request, response) => serveHub(hub, files, storage, request, response));
  const hub: TestHub = {
    endpoint: server,
    requests: [],
    cutAfter: new Map(),
    replaced: new Map(),
    status: undefined,
    isPrivate: false,
    size: (name) => files.get(name)!.length,
  };
  return hub;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** @returns the server's origin */
async function listen(handler: Handler): Promise<string> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function serveHub(
  hub: TestHub,
  files: ReadonlyMap<string, Uint8Array>,
  storage: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  record(hub, "hub", request);
  const { pathname } = new URL(request.url!, hub.endpoint);
  const [, name] = pathname.split(`/${REPOSITORY}/resolve/${COMMIT}/`);
  const file = name === undefined ? undefined : files.get(name);
  if (hub.status !== undefined) {
    response.writeHead(hub.status).end();
  } else if (hub.isPrivate && request.headers.authorization !== `Bearer ${TOKEN}`) {
    response.writeHead(401).end();
  } else if (pathname === `/api/models/${REPOSITORY}/revision/main`) {
    sendJson(response, { id: REPOSITORY, sha: COMMIT });
  } else if (pathname === `/api/models/${REPOSITORY}/tree/${COMMIT}`) {
    sendJson(response, listTree(files));
  } else if (name === undefined || !file) {
    response.writeHead(404).end();
  } else if (isLarge(name)) {
    response.writeHead(302, { Location: `${storage}/${name}` }).end();
  } else {
    sendFile(hub, name, file, request, response);
  }
}

function serveStorage(
  hub: TestHub,
  files: ReadonlyMap<string, Uint8Array>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  record(hub, "storage", request);
  const name = request.url!.slice(1);
  sendFile(hub, name, files.get(name)!, request, response);
}

function record({ requests }: TestHub, host: "hub" | "storage", { url, headers }: IncomingMessage): void {
  requests.push({ host, url: url!, range: headers.range, authorization: headers.authorization });
}

function sendFile(
  { cutAfter, replaced }: TestHub,
  name: string,
  original: Uint8Array,
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const bytes = replaced.get(name) ?? original;
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
  response.writeHead(headers.range ? 206 : 200, {
    "Content-Length": bytes.length - start,
    ...(headers.range && { "Content-Range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  });
  const cut = cutAfter.get(name)?.shift();
  if (cut === undefined) response.end(bytes.subarray(start));
  else response.write(bytes.subarray(start, start + cut), () => response.socket?.end());
}

function listTree(files: ReadonlyMap<string, Uint8Array>): object[] {
  return [...files].map(([path, bytes]) => {
    const pointer = { type: "file", path, size: bytes.length, oid: gitHash(bytes) };
    if (!isLarge(path)) return pointer;
    const oid = createHash("sha256").update(bytes).digest("hex");
    return { ...pointer, lfs: { oid, size: bytes.length, pointerSize: 134 } };
  });
}

function isLarge(name: string): boolean {
  return /\.(bin|safetensors)$/.test(name);
}

function gitHash(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
