/** The first Chromium that isolates a document by itself. */
const DOCUMENT_ISOLATION = 137;

interface UserAgentData {
  mobile: boolean;
  brands: { brand: string; version: string }[];
}

/**
 * The headers that give a document threads of WASM. Where the browser knows it, the document is isolated by
 * itself, and whoever opened it keeps hold of its window; elsewhere it is cut off from them.
 *
 * @param navigator of the service worker: Chromium's says what it is, and has document isolation on desktops
 * @see https://developer.chrome.com/blog/document-isolation-policy
 */
export function isolationHeaders(navigator: object): Record<string, string> {
  const { userAgentData } = navigator as { userAgentData?: UserAgentData };
  const chromium = userAgentData?.brands.find(({ brand }) => brand === "Chromium");
  if (!userAgentData?.mobile && Number(chromium?.version) >= DOCUMENT_ISOLATION) {
    return { "Document-Isolation-Policy": "isolate-and-require-corp" };
  }
  return { "Cross-Origin-Opener-Policy": "same-origin", ...WORKER_ISOLATION };
}

/** What the script of a worker must say to be let into an isolated document; it changes nothing in others. */
export const WORKER_ISOLATION = { "Cross-Origin-Embedder-Policy": "require-corp" };

/** The response with headers more. Those that the host sent stay as they are, its policy too. */
export function withHeaders(response: Response, headers: Record<string, string>): Response {
  const all = new Headers(headers);
  response.headers.forEach((value, name) => void all.set(name, value));
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: all });
}
