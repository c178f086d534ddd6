import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
/** The site as Playwright's server builds it, and the model folders made from the fixtures. */
const FOLDERS = [".cache/e2e-site", ".cache"];

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** What to do to a file in place of sending it. */
export type Fault = (response: ServerResponse, file: string, request: IncomingMessage) => void;

/** A web server for the whole site, on a free port of this machine, that fails as told. */
export interface FaultySite extends AsyncDisposable {
  /** Without a slash at the end. */
  origin: string;
  /** One line a request: the name of the host asked and the path. */
  requests: string[];
  /** By the end of the path. Empty: all is well. */
  faults: Map<string, Fault>;
}

export async function serveSite(): Promise<FaultySite> {
  const requests: string[] = [];
  const faults = new Map<string, Fault>();
  const server = createServer((request, response) => {
    const path = new URL(request.url!, "http://localhost").pathname;
    requests.push(`${request.headers.host?.split(":")[0]}${path}`);
    const file = findFile(path);
    if (!file) return void response.writeHead(404).end();
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setHeader("Access-Control-Allow-Origin", "*");
    const [, fault] = [...faults].find(([end]) => path.endsWith(end)) ?? [];
    if (fault) return fault(response, file, request);
    sendFile(response, file);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    requests,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export function answersWith(status: number): Fault {
  return (response) => void response.writeHead(status).end();
}

/** Takes the request and says nothing. */
export const staysSilent: Fault = () => undefined;

/** Sends so much of the file, keeps the connection and says no more. */
export function stallsAt(share: number): Fault {
  return (response, file) => void startOf(response, file, share);
}

/** Sends so much of the file and drops the connection. */
export function cutsAt(share: number): Fault {
  return (response, file) => void startOf(response, file, share, () => response.destroy());
}

/** The right length, and one byte wrong. */
export const sendsWrongByte: Fault = (response, file) => {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  response.setHeader("Content-Length", bytes.length).end(bytes);
};

/** Sends a piece of so many bytes each time a tenth of a second has passed. */
export function sendsSlowly(bytesPerSecond: number): Fault {
  return (response, file) => {
    const bytes = readFileSync(file);
    const piece = bytesPerSecond / 10;
    let sent = 0;
    response.setHeader("Content-Length", bytes.length);
    const timer = setInterval(() => {
      response.write(bytes.subarray(sent, sent + piece));
      sent += piece;
      if (sent >= bytes.length) response.end();
    }, 100);
    response.on("close", () => clearInterval(timer));
  };
}

/** Files of one model folder from another one, as after that has taken its place; any other file as it is. */
export function replacesModel(name: string, by: string, headers: Record<string, string> = {}): Fault {
  return (response, file) => {
    response.setHeaders(new Map(Object.entries(headers)));
    sendFile(response, file.replace(`/models/${name}/`, `/models/${by}/`));
  };
}

/** A script with a line of code before its own. */
export function runsFirst(code: string): Fault {
  return (response, file) => void response.end(`${code};\n${readFileSync(file, "utf8")}`);
}

/** To the same path with a query, which no fault matches but this; on a given origin or on its own. */
export function redirectsTo(origin = ""): Fault {
  return (response, file, request) => {
    if (request.url!.includes("?moved")) return sendFile(response, file);
    response.writeHead(302, { Location: `${origin}${request.url}?moved` }).end();
  };
}

function startOf(response: ServerResponse, file: string, share: number, then?: () => void): void {
  const bytes = readFileSync(file);
  response.setHeader("Content-Length", bytes.length);
  response.write(bytes.subarray(0, Math.floor(bytes.length * share)), then);
}

function findFile(path: string): string | undefined {
  if (path.includes("..")) return undefined;
  const name = path.endsWith("/") ? `${path}index.html` : path;
  return FOLDERS.map((folder) => join(ROOT, folder, name)).find((file) => existsSync(file));
}

function sendFile(response: ServerResponse, file: string): void {
  response.setHeader("Content-Length", statSync(file).size);
  createReadStream(file).pipe(response);
}
