/**
 * The service worker of this page, for its use without a network; registered by a first visit.
 *
 * @returns undefined where there is none: in a frame, while developing, where the browser refuses
 */
export async function registerServiceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (import.meta.env.DEV || window.top !== window) return undefined;
  try {
    const script = new URL("service-worker.js", document.baseURI);
    return await navigator.serviceWorker.register(script, { updateViaCache: "none" });
  } catch {
    return undefined;
  }
}
