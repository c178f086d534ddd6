import { type CachedFile, cacheStorage } from "../shared/file-cache";
import { pageCacheName } from "../shared/page-cache";

const FOLDER = new URL("./", document.baseURI).href;

/** The page's own files, kept by its service worker; empty where there is none. */
export async function listPageFiles(): Promise<CachedFile[]> {
  const storage = cacheStorage();
  if (!(await storage?.has(pageCacheName(FOLDER)))) return [];
  const cache = await storage!.open(pageCacheName(FOLDER));
  const sizes = (await cache.keys()).map(async (request) => {
    const { pathname } = new URL(request.url);
    const content = await (await cache.match(request))?.blob();
    return { path: pathname.slice(new URL(FOLDER).pathname.length), bytes: content?.size ?? 0, sha256: "" };
  });
  return Promise.all(sizes);
}

/** The service worker stays, for other tabs may hold it, and keeps them anew at the next visit. */
export async function forgetPageFiles(): Promise<void> {
  await cacheStorage()?.delete(pageCacheName(FOLDER));
}
