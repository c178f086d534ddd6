import {
  CONNECT,
  type Connect,
  type FrameAnswer,
  type FrameError,
  type FrameRequest,
  type FrameScores,
  HELLO,
  PROTOCOL_VERSION,
  type ScoreParams,
} from "./frame-messages";

export type { FrameModel, FrameScores } from "./frame-messages";

/** Longest wait for the frame, in milliseconds: its page and scripts are under 100 kB. */
const ANSWER_MS = 30_000;

/** What is given to the frame at least and at most, in CSS pixels: a button, a hundred responses. */
const MIN_HEIGHT = 32;
const MAX_HEIGHT = 5_000;

/** One response, or several to one prompt. */
export type ScoreRequest = Omit<ScoreParams, "responses"> &
  ({ response: string } | { responses: readonly string[] });

export interface EmbedOptions {
  /** Longest wait for the frame's answer, in milliseconds: a lazy frame's begins when it has loaded, or is in sight. @default 30000 */
  timeoutMs?: number;
  /** Aborting ends the connection, or the wait for it. */
  signal?: AbortSignal;
}

interface Call {
  request: FrameRequest;
  settle: PromiseWithResolvers<FrameScores>;
}

/**
 * Connect with `embed.html` in a frame of this page: one connection at a time, a closed one makes room.
 *
 * @param iframe its `src` is embed.html, on whatever site
 * @throws the signal's reason when aborted
 * @throws DOMException `AbortError` — the frame was taken off the page before it was connected with
 * @throws Error — no answer in time, or a frame of another version
 */
export async function embedRewardScorer(
  iframe: HTMLIFrameElement,
  { timeoutMs = ANSWER_MS, signal }: EmbedOptions = {},
): Promise<EmbeddedScorer> {
  signal?.throwIfAborted();
  const scorer = new EmbeddedScorer(iframe, signal);
  try {
    await scorer.connected(timeoutMs);
  } catch (error) {
    scorer.close();
    throw error;
  }
  return scorer;
}

/**
 * A frame that shows rewards, and tells them. Each side hears only the other's window and origin, and the
 * frame's height follows its content. A frame that loads anew, since it was moved, is connected with again,
 * and asked again what it had not answered.
 */
export class EmbeddedScorer {
  readonly #iframe: HTMLIFrameElement;
  readonly #calls = new Map<number, Call>();
  readonly #connection = Promise.withResolvers<void>();
  /** Aborted when the connection is closed. */
  readonly #life = new AbortController();
  /** Ports that the frame may yet take: it says hello until it has one, so a busy page hears it often. */
  readonly #offered = new Set<MessagePort>();
  #port: MessagePort | undefined;
  #lastId = 0;

  /** Use {@link embedRewardScorer}. */
  constructor(iframe: HTMLIFrameElement, signal?: AbortSignal) {
    this.#iframe = iframe;
    addEventListener("message", this.#connect);
    signal?.addEventListener("abort", () => this.#end(signal.reason), { signal: this.#life.signal });
  }

  /**
   * Have the frame show the rewards of these texts, and get them. It waits for the person's press on "Load
   * model", and for the model.
   *
   * @throws the signal's reason when aborted
   * @throws DOMException `AbortError` — a newer call took this one's place: a frame shows one at a time; or
   * the connection was closed
   * @throws TypeError — not what the frame takes
   * @throws Error — the model failed; `code` as of a ScorerError. The frame offers another try
   */
  async score(request: ScoreRequest, { signal }: { signal?: AbortSignal } = {}): Promise<FrameScores> {
    signal?.throwIfAborted();
    this.#life.signal.throwIfAborted();
    const id = ++this.#lastId;
    const { prompt, alpha } = request;
    const asked = "responses" in request ? request.responses : [request.response];
    const responses = Array.isArray(asked) ? [...asked] : asked; // a framework's list cannot be sent
    const settle = Promise.withResolvers<FrameScores>();
    const call: Call = { request: { id, method: "score", params: { prompt, responses, alpha } }, settle };
    const abort = () => {
      this.#port?.postMessage({
        id: ++this.#lastId,
        method: "cancel",
        params: { call: id },
      } satisfies FrameRequest);
      settle.reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort);
    try {
      this.#port?.postMessage(call.request);
      this.#calls.set(id, call);
      return await settle.promise;
    } finally {
      this.#calls.delete(id);
      signal?.removeEventListener("abort", abort);
    }
  }

  /** End the connection; the frame stays, and can be connected with again. Calls under way, and later ones, reject. */
  close(): void {
    this.#end(new DOMException("embed: the connection was closed", "AbortError"));
  }

  #end(reason: unknown): void {
    removeEventListener("message", this.#connect);
    // The frame may have taken one that was offered and not said so yet.
    for (const port of [...this.#offered, this.#port]) {
      port?.postMessage({ id: ++this.#lastId, method: "close" } satisfies FrameRequest);
      port?.close();
    }
    this.#life.abort(reason);
    this.#connection.reject(reason);
    for (const { settle } of this.#calls.values()) settle.reject(reason);
  }

  async connected(timeoutMs: number): Promise<void> {
    const iframe = this.#iframe;
    const late = () => {
      const reason = new Error(
        `embed: expected an answer of ${iframe.src} in ${timeoutMs / 1000} s, got none`,
      );
      this.#connection.reject(reason);
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      timer ??= setTimeout(late, timeoutMs);
    };
    // One in sight has loaded, or does now: of what it had loaded before it tells no more.
    const sight = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) wait();
    });
    if (iframe.loading === "lazy" && mayBeBlank(iframe)) {
      iframe.addEventListener("load", wait);
      sight.observe(iframe);
    } else wait();
    // A lazy frame that goes before it has loaded never does. One that is only moved is back when this is told.
    const size = new ResizeObserver(() => {
      const reason = "embed: the frame was taken off the page";
      if (!iframe.isConnected) this.#connection.reject(new DOMException(reason, "AbortError"));
    });
    if (iframe.isConnected) size.observe(iframe);
    try {
      await this.#connection.promise;
    } finally {
      size.disconnect();
      sight.disconnect();
      clearTimeout(timer);
      iframe.removeEventListener("load", wait);
    }
  }

  readonly #connect = ({ source, origin, data }: MessageEvent): void => {
    const { contentWindow } = this.#iframe;
    if (!contentWindow || source !== contentWindow || origin !== originOf(this.#iframe)) return;
    if (data?.type !== HELLO) return;
    if (data.version !== PROTOCOL_VERSION) {
      const reason = `embed: expected a frame of version ${PROTOCOL_VERSION}, got ${data.version}`;
      this.#connection.reject(new Error(reason));
      return;
    }
    const { port1, port2 } = new MessageChannel();
    this.#offered.add(port1);
    port1.onmessage = (event) => this.#hear(port1, event.data);
    const connect: Connect = { type: CONNECT, version: PROTOCOL_VERSION };
    contentWindow.postMessage(connect, origin === "null" ? "*" : origin, [port2]);
  };

  /** The frame has taken a port: the only one of those that were offered. */
  #take(port: MessagePort): void {
    this.#offered.delete(port);
    for (const other of this.#offered) other.close();
    this.#offered.clear();
    this.#port?.close();
    this.#port = port;
    for (const { request } of this.#calls.values()) port.postMessage(request);
    this.#connection.resolve();
  }

  #hear(port: MessagePort, answer: FrameAnswer): void {
    if ("id" in answer) {
      const call = this.#calls.get(answer.id);
      if ("result" in answer) call?.settle.resolve(answer.result);
      else call?.settle.reject(revive(answer.error));
    } else if (answer.type === "size") {
      const height = Math.min(Math.max(answer.height, MIN_HEIGHT), MAX_HEIGHT);
      this.#iframe.style.height = `${height}px`;
    } else {
      this.#take(port);
    }
  }
}

/** Whether the frame's own page may be yet to come. One without an origin does not show which page it has. */
function mayBeBlank(iframe: HTMLIFrameElement): boolean {
  const { contentWindow, contentDocument } = iframe;
  if (contentDocument) return contentDocument.URL === "about:blank";
  return !contentWindow || originOf(iframe) === "null";
}

/** "null" for a frame whose sandbox gives it an origin of its own. */
function originOf({ src, sandbox }: HTMLIFrameElement): string {
  const opaque = sandbox.length > 0 && !sandbox.contains("allow-same-origin");
  return opaque ? "null" : new URL(src, document.baseURI).origin;
}

function revive({ name, code, message }: FrameError): Error {
  if (name === "AbortError") return new DOMException(message, name);
  if (name === "TypeError") return new TypeError(message);
  return Object.assign(new Error(message), { name, code });
}
