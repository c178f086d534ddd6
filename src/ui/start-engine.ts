import type { Endpoint } from "comlink";
import { isError, ScorerError } from "../shared/errors";
import { READY, SERVE_KEY, type Serve } from "../shared/main-thread";
import { scriptAddress } from "./trusted-types";

/** An engine that listens. */
export interface Engine {
  endpoint: Endpoint;
  /** Told at most once, when it ends by itself. */
  onEnd(listener: (detail: string) => void): void;
  terminate(): void;
}

/**
 * Start the engine in a worker, wherever its script is served from: a worker's own script must be of the
 * page's origin, but what that script imports need not be. A page in an opaque origin (a sandboxed frame)
 * starts it from a `data:` address; one that allows no workers at all runs the engine itself.
 *
 * @param script absolute URL
 * @param signal ends a worker that is not ready yet
 * @throws the signal's reason when aborted
 * @throws ScorerError `worker-crashed` — nothing works; the message says why
 */
export async function startEngine(script: string, signal: AbortSignal): Promise<Engine> {
  const reasons: string[] = [];
  for (const [name, start] of Object.entries(waysTo(script, signal))) {
    try {
      return await start();
    } catch (reason) {
      signal.throwIfAborted();
      reasons.push(`${name}: ${isError(reason) ? reason.message : String(reason)}`);
    }
  }
  throw new ScorerError("worker-crashed", `scorer worker: failed to start: ${reasons.join("; ")}`);
}

function waysTo(script: string, signal: AbortSignal): Record<string, () => Promise<Engine>> {
  const own = { "own script": () => startWorker(script, signal) };
  if (new URL(script).origin === self.origin) return own;
  // A static import would count as a worker's script, which policies name apart.
  const code = `await import(${JSON.stringify(script)});`;
  const blob = {
    "blob script": () =>
      startWorker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), signal),
  };
  const data = {
    "data script": () => startWorker(`data:text/javascript,${encodeURIComponent(code)}`, signal),
  };
  const noWorker = { "no worker": () => serveHere(script) };
  // Each way that a policy refuses is a breach that its page reports: the likelier one goes first.
  return self.origin === "null" ? { ...data, ...blob, ...noWorker } : { ...blob, ...data, ...noWorker };
}

async function startWorker(url: string, signal: AbortSignal): Promise<Engine> {
  const worker = new Worker(scriptAddress(url), { type: "module", name: "reward-scorer" });
  const ended = new Promise<string>((resolve) => {
    worker.addEventListener("error", (event) => resolve(event.message || "could not be started"));
    worker.addEventListener("messageerror", () => resolve("a message could not be read"));
  });
  const ready = new Promise<void>((resolve) => {
    worker.addEventListener("message", ({ data }) => data === READY && resolve());
  });
  const stopped = new Promise<string>((resolve) => {
    signal.addEventListener("abort", () => resolve("stopped"), { once: true });
  });
  const detail = await Promise.race([ready, ended, stopped]);
  if (url.startsWith("blob:")) URL.revokeObjectURL(url);
  if (detail !== undefined) {
    worker.terminate();
    throw new Error(detail);
  }
  return {
    endpoint: worker,
    onEnd: (listener) => void ended.then(listener),
    terminate: () => worker.terminate(),
  };
}

/** The page stands still while a batch runs. */
async function serveHere(script: string): Promise<Engine> {
  await import(/* @vite-ignore */ script);
  const serve = (globalThis as unknown as Record<symbol, Serve>)[SERVE_KEY]!;
  const { port1, port2 } = new MessageChannel();
  const release = serve(port1);
  return {
    endpoint: port2,
    onEnd: () => undefined,
    terminate: () => {
      port2.close();
      release();
    },
  };
}
