import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cacheKey } from "../shared/file-cache";
import type { FileEntry } from "../shared/manifest";
import { FileCache } from "./cache";
import { getModelFiles } from "./model-files";
import { type Answer, answers, sends, serve } from "./test-server";

const BODIES = { "a.bin": new Uint8Array(10_000).fill(1), "onnx/b.bin": new Uint8Array(5_000).fill(2) };
const ENTRIES = Object.entries(BODIES).map(([path, body]): FileEntry => {
  return { path, bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") };
});
const byPath: Answer = (request, response) => {
  const path = request.url!.replace("/model/", "") as keyof typeof BODIES;
  sends(BODIES[path])(request, response);
};

Object.assign(globalThis, { location: new URL("http://localhost/app/") });

/** Node has no Cache API: the few methods we call, over a Map. */
function storage(kept = new Map<string, Response>(), put = kept.set.bind(kept)): CacheStorage {
  const cache = {
    match: async (key: string) => kept.get(key)?.clone(),
    put: async (key: string, response: Response) => void put(key, response),
    delete: async (key: string) => kept.delete(key),
  };
  return { open: async () => cache } as unknown as CacheStorage;
}

describe("getModelFiles", () => {
  it("counts bytes over all files up to a constant total", async () => {
    await using server = await serve(byPath);
    const seen: [number, number][] = [];
    const onProgress = (...counts: [number, number]) => seen.push(counts);
    const { files } = await getModelFiles(server.folder, ENTRIES, { onProgress });
    expect(Object.fromEntries(files)).toEqual(BODIES);
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([15_000]));
    const loaded = seen.map(([bytes]) => bytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(loaded.at(-1)).toBe(15_000);
  });

  it("asks the server once", async () => {
    await using server = await serve(byPath);
    const cache = new FileCache(storage());
    const first = await getModelFiles(server.folder, ENTRIES, { cache });
    const second = await getModelFiles(server.folder, ENTRIES, { cache });
    expect(server.requests).toHaveLength(2);
    expect(second).toEqual(first);
    expect(second.cached).toBe(true);
  });

  it("fetches anew what went bad in the cache", async () => {
    await using server = await serve(byPath);
    const kept = new Map([[cacheKey(ENTRIES[0]!.sha256), new Response(new Uint8Array(10_000))]]);
    const cache = new FileCache(storage(kept));
    const { files } = await getModelFiles(server.folder, ENTRIES, { cache });
    expect(Object.fromEntries(files)).toEqual(BODIES);
    const repaired = await kept.get(cacheKey(ENTRIES[0]!.sha256))!.arrayBuffer();
    expect(new Uint8Array(repaired)).toEqual(BODIES["a.bin"]);
  });

  it("carries on in memory when the disk is full", async () => {
    await using server = await serve(byPath);
    const full = storage(new Map(), () => {
      throw new DOMException("no space", "QuotaExceededError");
    });
    const { files, cached } = await getModelFiles(server.folder, ENTRIES, { cache: new FileCache(full) });
    expect(Object.fromEntries(files)).toEqual(BODIES);
    expect(cached).toBe(false);
  });

  it("carries on in memory when storage is blocked", async () => {
    await using server = await serve(byPath);
    const blocked = { open: () => Promise.reject(new DOMException("denied", "SecurityError")) };
    const cache = new FileCache(blocked as unknown as CacheStorage);
    expect((await getModelFiles(server.folder, ENTRIES, { cache })).cached).toBe(false);
  });

  it("rejects with the first failure", async () => {
    await using server = await serve(answers(404));
    await expect(getModelFiles(server.folder, ENTRIES)).rejects.toMatchObject({ code: "model-not-found" });
  });
});
