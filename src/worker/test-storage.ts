Object.assign(globalThis, { location: new URL("http://localhost/app/") });

/** Node has no Cache API: the few methods we call, over a Map. */
export function testStorage(
  kept = new Map<string, Response>(),
  put: (key: string, response: Response) => unknown = kept.set.bind(kept),
): CacheStorage {
  const cache = {
    match: async (key: string) => kept.get(key)?.clone(),
    put: async (key: string, response: Response) => void put(key, response),
    delete: async (key: string) => kept.delete(key),
  };
  return { open: async () => cache } as unknown as CacheStorage;
}
