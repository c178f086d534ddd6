import { timeBox } from "../shared/time-box";
import { isolationHeaders, WORKER_ISOLATION, withHeaders } from "./isolation";
import { forgetEarlierFiles, installFiles, isKept, keepAllAgain, keepFile, keptFile } from "./kept-files";

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
/** The files named by their content. */
const ASSETS = new URL("assets/", scope);

self.addEventListener("install", (event) => event.waitUntil(installFiles(event)));

self.addEventListener("activate", (event) => {
  void forgetEarlierFiles(event);
  event.waitUntil(self.clients.claim()); // a first visit has its files for the rest of it
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isPage(request, url)) event.respondWith(answerPage(event));
  else if (isAsset(request, url)) event.respondWith(answerAsset(request, url));
  else if (request.mode !== "navigate" && isKept(url)) event.respondWith(answerOther(event, url));
});

/** The page by itself: not in a frame, and none of the other pages beside it. */
function isPage({ mode, destination }: Request, { pathname }: URL): boolean {
  const here = pathname === new URL(scope).pathname || pathname === PAGE.pathname;
  return mode === "navigate" && destination === "document" && here;
}

/** A newer version's worker too: an isolated page lets none in without a header. */
function isAsset({ mode, destination }: Request, url: URL): boolean {
  if (mode === "navigate" || !url.href.startsWith(ASSETS.href)) return false;
  return isKept(url) || destination === "worker";
}

/** What else a host may put in the page's place stays as it is. */
async function answerPage(event: FetchEvent): Promise<Response> {
  const response = await fromHost(event.request, PAGE);
  const isOurs = response.ok && (await response.clone().text()).includes("<rs-app>");
  if (!isOurs) return response;
  if (!(await keptFile(PAGE))) event.waitUntil(keepAllAgain());
  return withHeaders(response, isolationHeaders(navigator));
}

async function answerAsset(request: Request, url: URL): Promise<Response> {
  const response = (await keptFile(url)) ?? (await fetch(request));
  return request.destination === "worker" ? withHeaders(response, WORKER_ISOLATION) : response;
}

/** The list of models grows without a new version: the last one seen is kept. */
async function answerOther(event: FetchEvent, url: URL): Promise<Response> {
  const response = await fromHost(event.request, url);
  if (url.href === MODELS.href && (await isJson(response))) event.waitUntil(keepFile(url, response.clone()));
  return response;
}

/** Hosts put a page of theirs in a file's place, and call it found. */
async function isJson(response: Response): Promise<boolean> {
  if (!response.ok) return false;
  try {
    await response.clone().json();
    return true;
  } catch {
    return false;
  }
}

/** What the host says, its refusals too; the kept copy when it is out of reach, slow, broken or breaks off. */
async function fromHost(request: Request, url: URL): Promise<Response> {
  const kept = await keptFile(url);
  const answer = fetch(request);
  if (!kept) return answer;
  try {
    const response = await timeBox(arrived(answer), HOST_MS);
    return response.status < 500 ? response : kept;
  } catch {
    return kept;
  }
}

/** The answer when the last byte of it is there. */
async function arrived(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  await response.clone().arrayBuffer();
  return response;
}
