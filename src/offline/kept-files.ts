import { PrecacheController } from "workbox-precaching";
import { pageCacheName } from "../shared/page-cache";

declare const self: ServiceWorkerGlobalScope;

/** The page's files of this version: all are stored when it is installed, or it is not installed. */
const controller = new PrecacheController({ cacheName: pageCacheName(self.registration.scope) });
controller.addToCacheList(self.__WB_MANIFEST);

export const installFiles = (event: ExtendableEvent) => controller.install(event);

/** Runs when no page of an earlier version is left, and forgets that version's files. */
export const forgetEarlierFiles = (event: ExtendableEvent) => controller.activate(event);

export function isKept(url: URL): boolean {
  return controller.getCacheKeyForURL(url.href) !== undefined;
}

/** @returns undefined when a person deleted it */
export function keptFile(url: URL): Promise<Response | undefined> {
  return controller.matchPrecache(url.href);
}

/** Keep a newer content of a file that can change without a new version. Storage may refuse it. */
export async function keepFile(url: URL, response: Response): Promise<void> {
  const cache = await caches.open(pageCacheName(self.registration.scope));
  await cache.put(controller.getCacheKeyForURL(url.href)!, response).catch(() => undefined);
}
