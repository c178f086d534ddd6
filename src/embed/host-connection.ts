import {
  CONNECT,
  type Connect,
  type FrameAnswer,
  type FrameScores,
  HELLO,
  type Hello,
  PROTOCOL_VERSION,
  type ScoreParams,
} from "./frame-messages";
import { readRequest } from "./read-request";

/** First wait between two hellos, in milliseconds; each is twice as long as the one before. */
const HELLO_MS = 100;

/** Longest wait between two hellos, in milliseconds: a page may bring its script late. */
const MAX_HELLO_MS = 2_000;

/** What a connected host may have done. */
export interface FrameCalls {
  /** @param signal aborted when the host no longer wants to know */
  score(params: ScoreParams, signal: AbortSignal): Promise<FrameScores>;
}

/** What the frame hears of its connection. */
export interface ConnectionEvents {
  /** @param origin the host's; "null" for one without */
  onConnected(origin: string): void;
  /** The host has ended the connection; another may follow. */
  onClosed(): void;
  /** The parent asked, but may not, or speaks another version. */
  onRefused(origin: string, reason: "origin" | "version"): void;
}

/**
 * The frame's side of the connection: says hello to the page around it until that page answers with a port,
 * then answers calls on the port until that page ends the connection, and says hello again. It has one port at
 * a time; only its parent is heard, and only from an allowed origin.
 */
export class HostConnection {
  readonly #origins: readonly string[];
  readonly #calls: FrameCalls;
  readonly #events: ConnectionEvents;
  readonly #under = new Map<number, AbortController>();
  #port: MessagePort | undefined;
  #nextHello: ReturnType<typeof setTimeout> | undefined;

  /** @param origins the allowed ones; none at all allows every origin */
  constructor(origins: readonly string[], calls: FrameCalls, events: ConnectionEvents) {
    this.#origins = origins;
    this.#calls = calls;
    this.#events = events;
    addEventListener("message", (event) => this.#connect(event));
    this.#hello(HELLO_MS);
  }

  /** Tell the host how high the content is, in CSS pixels. */
  tellHeight(height: number): void {
    if (this.#port) send(this.#port, { type: "size", height });
  }

  #hello(waitMs: number): void {
    const hello: Hello = { type: HELLO, version: PROTOCOL_VERSION };
    parent.postMessage(hello, "*");
    this.#nextHello = setTimeout(() => this.#hello(Math.min(2 * waitMs, MAX_HELLO_MS)), waitMs);
  }

  #connect({ source, origin, data, ports }: MessageEvent<unknown>): void {
    if (this.#port || source !== parent || !isConnect(data)) return;
    if (this.#origins.length > 0 && !this.#origins.includes(origin)) {
      this.#events.onRefused(origin, "origin");
      return;
    }
    if (data.version !== PROTOCOL_VERSION) {
      this.#events.onRefused(origin, "version");
      return;
    }
    const [port] = ports;
    if (ports.length !== 1 || !port) return;
    this.#port = port;
    clearTimeout(this.#nextHello);
    port.addEventListener("message", (event) => void this.#answer(port, event.data));
    port.start();
    send(port, { type: "connected" });
    this.#events.onConnected(origin);
  }

  async #answer(port: MessagePort, data: unknown): Promise<void> {
    const read = readRequest(data);
    if ("problem" in read) {
      if (read.id !== undefined) fail(port, read.id, new TypeError(read.problem));
      return;
    }
    const { request } = read;
    switch (request.method) {
      case "score":
        return this.#score(port, request.id, request.params);
      case "cancel":
        return this.#under.get(request.params.call)?.abort();
      case "close":
        return this.#close(port);
    }
  }

  async #score(port: MessagePort, id: number, params: ScoreParams): Promise<void> {
    if (this.#under.has(id)) return fail(port, id, new TypeError(`id: expected a new one, got ${id}`));
    const call = new AbortController();
    this.#under.set(id, call);
    try {
      send(port, { id, result: await this.#calls.score(params, call.signal) });
    } catch (error) {
      fail(port, id, error);
    } finally {
      this.#under.delete(id);
    }
  }

  #close(port: MessagePort): void {
    port.close();
    for (const call of this.#under.values()) call.abort();
    this.#port = undefined;
    this.#events.onClosed();
    this.#hello(HELLO_MS);
  }
}

function fail(port: MessagePort, id: number, thrown: unknown): void {
  const { name, code, message } = thrown as { name?: string; code?: unknown; message?: string };
  send(port, {
    id,
    error: {
      name: name ?? "Error",
      code: typeof code === "string" ? code : undefined,
      message: message ?? String(thrown),
    },
  });
}

function send(port: MessagePort, answer: FrameAnswer): void {
  port.postMessage(answer);
}

function isConnect(data: unknown): data is Connect {
  return (
    typeof data === "object" && data !== null && "type" in data && data.type === CONNECT && "version" in data
  );
}
