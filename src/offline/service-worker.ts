import { timeBox } from "../shared/time-box";
import { isolationHeaders, WORKER_ISOLATION, withHeaders } from "./isolation";
import { forgetEarlierFiles, installFiles, isKept, keepFile, keptFile } from "./kept-files";

/**
 * The page without a network, and its threads where the host sends no headers. Online, page and list of models
 * come from their host, as without a service worker: what is kept serves when the host does not answer. Models
 * and ONNX Runtime are the engine's, which keeps them itself.
 */
declare const self: ServiceWorkerGlobalScope;

/** Longest wait for the host, in milliseconds, where a kept copy is at hand. */
const HOST_MS = 3_000;

const { scope } = self.registration;
const PAGE = new URL("index.html", scope);
const MODELS = new URL("models/index.json", scope);

self.addEventListener("install", (event) => void installFiles(event));

self.addEventListener("activate", (event) => {
  void forgetEarlierFiles(event);
  event.waitUntil(self.clients.claim()); // a first visit has its files for the rest of it
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isPage(request, url)) event.respondWith(answerPage(event));
  else if (url.href === MODELS.href) event.respondWith(answerModels(event));
  else if (request.mode !== "navigate" && isKept(url)) event.respondWith(answerFile(request, url));
});

/** The page by itself: not in a frame, and none of the other pages beside it. */
function isPage({ mode, destination }: Request, { pathname }: URL): boolean {
  const here = pathname === new URL(scope).pathname || pathname === PAGE.pathname;
  return mode === "navigate" && destination === "document" && here;
}

async function answerPage({ request }: FetchEvent): Promise<Response> {
  return withHeaders(await fromHost(request, PAGE), isolationHeaders(navigator));
}

async function answerModels(event: FetchEvent): Promise<Response> {
  const response = await fromHost(event.request, MODELS);
  if (response.ok) event.waitUntil(keepFile(MODELS, response.clone()));
  return response;
}

async function answerFile(request: Request, url: URL): Promise<Response> {
  const response = (await keptFile(url)) ?? (await fetch(request));
  return request.destination === "worker" ? withHeaders(response, WORKER_ISOLATION) : response;
}

/** What the host says, its refusals too; the kept copy when it is out of reach, slow or broken. */
async function fromHost(request: Request, url: URL): Promise<Response> {
  const kept = await keptFile(url);
  const answer = fetch(request);
  if (!kept) return answer;
  try {
    const response = await timeBox(answer, HOST_MS);
    return response.status < 500 ? response : kept;
  } catch {
    return kept;
  }
}
