import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cacheKey } from "../shared/file-cache";
import type { FileEntry } from "../shared/manifest";
import { FileCache } from "./cache";
import { getModelFiles } from "./model-files";
import { type Answer, answers, sends, serve, staysSilent } from "./test-server";

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
    const { all } = getModelFiles(server.folder, ENTRIES, { onProgress });
    expect(Object.fromEntries(await all)).toEqual(BODIES);
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([15_000]));
    const loaded = seen.map(([bytes]) => bytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(loaded.at(-1)).toBe(15_000);
  });

  it("asks the server once", async () => {
    await using server = await serve(byPath);
    const cache = new FileCache(storage());
    const first = getModelFiles(server.folder, ENTRIES, { cache });
    expect(await first.cached).toBe(true);
    const second = getModelFiles(server.folder, ENTRIES, { cache });
    expect(await second.all).toEqual(await first.all);
    expect(await second.cached).toBe(true);
    expect(server.requests).toHaveLength(2);
  });

  it("fetches anew what went bad in the cache", async () => {
    await using server = await serve(byPath);
    const kept = new Map([[cacheKey(ENTRIES[0]!.sha256), new Response(new Uint8Array(10_000))]]);
    const cache = new FileCache(storage(kept));
    const { all, cached } = getModelFiles(server.folder, ENTRIES, { cache });
    expect(Object.fromEntries(await all)).toEqual(BODIES);
    expect(await cached).toBe(true);
    const repaired = await kept.get(cacheKey(ENTRIES[0]!.sha256))!.arrayBuffer();
    expect(new Uint8Array(repaired)).toEqual(BODIES["a.bin"]);
  });

  it("carries on in memory when the disk is full", async () => {
    await using server = await serve(byPath);
    const full = storage(new Map(), () => {
      throw new DOMException("no space", "QuotaExceededError");
    });
    const { all, cached } = getModelFiles(server.folder, ENTRIES, { cache: new FileCache(full) });
    expect(Object.fromEntries(await all)).toEqual(BODIES);
    expect(await cached).toBe(false);
  });

  it("carries on in memory when storage is blocked", async () => {
    await using server = await serve(byPath);
    const blocked = { open: () => Promise.reject(new DOMException("denied", "SecurityError")) };
    const cache = new FileCache(blocked as unknown as CacheStorage);
    expect(await getModelFiles(server.folder, ENTRIES, { cache }).cached).toBe(false);
  });

  it.each(["open", "match", "put"])("carries on in memory when storage does not answer: %s", async (call) => {
    await using server = await serve(byPath);
    let asked = 0;
    const silent = () => {
      asked++;
      return new Promise<never>(() => undefined);
    };
    const working = storage();
    const cache = { ...(await working.open("")), [call]: silent };
    const open = call === "open" ? silent : async () => cache;
    const files = new FileCache({ open } as unknown as CacheStorage, 50);
    const first = getModelFiles(server.folder, ENTRIES, { cache: files });
    expect(Object.fromEntries(await first.all)).toEqual(BODIES);
    expect(await first.cached).toBe(false);
    const before = asked;
    expect(await getModelFiles(server.folder, ENTRIES, { cache: files }).cached).toBe(false);
    expect(asked).toBe(before); // whoever comes later does not wait again
  });

  it("gives storage more time for a large file", async () => {
    const slow = {
      match: async () => undefined,
      put: () => new Promise((resolve) => setTimeout(resolve, 100)),
    };
    const cache = new FileCache({ open: async () => slow } as unknown as CacheStorage, 1);
    const bytes = new Uint8Array(10_000_000);
    const entry = { path: "large", bytes: bytes.length, sha256: "" };
    expect(await cache.write(entry, bytes)).toBe(true);
  });

  it("stops when the load is given up", async () => {
    await using server = await serve(staysSilent);
    const controller = new AbortController();
    const { signal } = controller;
    const { all, cached } = getModelFiles(server.folder, ENTRIES, { signal });
    controller.abort(new Error("changed my mind"));
    for (const promise of [all, cached]) await expect(promise).rejects.toThrow("changed my mind");
  });

  it("rejects with the first failure", async () => {
    await using server = await serve(answers(404));
    const { all, get, cached } = getModelFiles(server.folder, ENTRIES);
    for (const promise of [all, get("a.bin"), get("onnx/b.bin"), cached]) {
      await expect(promise).rejects.toMatchObject({ code: "model-not-found" });
    }
  });

  it("gives a file before the others are there, and asks for none before it may", async () => {
    await using server = await serve(byPath);
    let allow = () => {};
    const allowed = new Promise<void>((resolve) => {
      allow = resolve;
    });
    const before = ({ path }: FileEntry) => (path === "onnx/b.bin" ? allowed : undefined);
    const { all, get } = getModelFiles(server.folder, ENTRIES, { before });
    expect(await get("a.bin")).toEqual(BODIES["a.bin"]);
    expect(server.requests).toEqual(["/model/a.bin"]);
    allow();
    expect(Object.fromEntries(await all)).toEqual(BODIES);
  });
});
