import { PrecacheController } from "workbox-precaching";
import { pageCacheName } from "../shared/page-cache";

declare const self: ServiceWorkerGlobalScope;

const STORE = pageCacheName(self.registration.scope);

/** The page's files of this version: all are stored when it is installed, or it is not installed. */
const controller = new PrecacheController({ cacheName: STORE });
controller.addToCacheList(self.__WB_MANIFEST);

/** @throws when a file is missing or of another version; nothing is left of a first install */
export async function installFiles(event: ExtendableEvent): Promise<void> {
  try {
    await controller.install(event);
  } catch (error) {
    if (!self.registration.active) await caches.delete(STORE);
    throw error;
  }
}

/** Store them all anew, or none: the host may have another version by now, and storage may refuse. */
export async function keepAllAgain(): Promise<void> {
  const cache = await caches.open(STORE);
  const requests = [...controller.getURLsToCacheKeys().values()].map((key) => {
    const integrity = controller.getIntegrityForCacheKey(key);
    return new Request(key, { cache: "no-cache", ...(integrity && { integrity }) });
  });
  await cache.addAll(requests).catch(() => undefined);
}

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
  const cache = await caches.open(STORE);
  await cache.put(controller.getCacheKeyForURL(url.href)!, response).catch(() => undefined);
}
