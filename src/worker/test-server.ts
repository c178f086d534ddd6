import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on a free port of this machine, and what it was asked. */
export interface TestServer extends AsyncDisposable {
  /** Ends in a slash. */
  folder: string;
  /** One line a request: path and Range. */
  requests: string[];
}

/** Answers are taken in order; the last one repeats. */
export async function serve(...answers: [Answer, ...Answer[]]): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { range = "" } = request.headers;
    const answer = answers[Math.min(requests.length, answers.length - 1)]!;
    requests.push(`${request.url} ${range}`.trim());
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    folder: `http://127.0.0.1:${port}/model/`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await close();
    },
  };
}

/** The whole body, or the range asked for. */
export function sends(body: Uint8Array): Answer {
  return (request, response) => {
    const from = rangeStart(request);
    if (from === undefined) return void response.writeHead(200, lengthOf(body)).end(body);
    const rest = body.subarray(from);
    const range = { "Content-Range": `bytes ${from}-${body.length - 1}/${body.length}` };
    response.writeHead(206, { ...lengthOf(rest), ...range }).end(rest);
  };
}

/** The whole body, whatever range is asked for. */
export function ignoresRange(body: Uint8Array): Answer {
  return (_, response) => void response.writeHead(200, lengthOf(body)).end(body);
}

/** The body over and over, without an end. */
export function neverEnds(body: Uint8Array): Answer {
  return (_, response) => {
    const more = () => void response.write(body, (error) => error || more());
    response.writeHead(200);
    more();
  };
}

/** Promises the rest of the body, sends `bytes` of it and drops the connection. */
export function cutsAfter(bytes: number, body: Uint8Array): Answer {
  return (request, response) => {
    const from = rangeStart(request) ?? 0;
    const rest = body.subarray(from);
    const range = { "Content-Range": `bytes ${from}-${body.length - 1}/${body.length}` };
    response.writeHead(from > 0 ? 206 : 200, from > 0 ? { ...lengthOf(rest), ...range } : lengthOf(rest));
    response.write(rest.subarray(0, bytes), () => response.destroy());
  };
}

/** Promises the rest of the body, sends `bytes` of it and then nothing, the connection staying open. */
export function stallsAfter(bytes: number, body: Uint8Array): Answer {
  return (request, response) => {
    const from = rangeStart(request) ?? 0;
    const rest = body.subarray(from);
    const range = { "Content-Range": `bytes ${from}-${body.length - 1}/${body.length}` };
    response.writeHead(from > 0 ? 206 : 200, from > 0 ? { ...lengthOf(rest), ...range } : lengthOf(rest));
    response.write(rest.subarray(0, bytes));
  };
}

/** Takes the request and says nothing. */
export const staysSilent: Answer = () => undefined;

export function answers(status: number, type = "text/plain", body = ""): Answer {
  return (_, response) => void response.writeHead(status, { "Content-Type": type }).end(body);
}

function rangeStart(request: IncomingMessage): number | undefined {
  const match = request.headers.range?.match(/^bytes=(\d+)-$/);
  return match ? Number(match[1]) : undefined;
}

function lengthOf(body: Uint8Array): { "Content-Length": number } {
  return { "Content-Length": body.length };
}
