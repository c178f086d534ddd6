import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cacheKey } from "../shared/file-cache";
import type { FileEntry } from "../shared/manifest";
import { FileCache } from "./cache";
import { getModelFiles } from "./model-files";
import { type Answer, answers, cutsAfter, ignoresRange, sends, serve, staysSilent } from "./test-server";
import { testStorage } from "./test-storage";

const BODIES = { "a.bin": new Uint8Array(10_000).fill(1), "onnx/b.bin": new Uint8Array(5_000).fill(2) };
const ENTRIES = Object.entries(BODIES).map(([path, body]): FileEntry => {
  return { path, bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") };
});
const byPath: Answer = (request, response) => {
  const path = request.url!.replace("/model/", "") as keyof typeof BODIES;
  sends(BODIES[path])(request, response);
};

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

  it("counts no byte twice when a file starts over", async () => {
    const [entry] = ENTRIES;
    const body = BODIES["a.bin"];
    await using server = await serve(cutsAfter(6_000, body), ignoresRange(body));
    const loaded: number[] = [];
    const onProgress = (bytes: number) => loaded.push(bytes);
    await getModelFiles(server.folder, [entry!], { onProgress, backoffMs: 1 }).all;
    expect(loaded).toContain(6_000);
    expect(loaded).toEqual([...new Set(loaded)].sort((a, b) => a - b));
    expect(loaded.at(-1)).toBe(10_000);
  });

  it("leaves nothing in the browser's own cache of what it keeps itself", async () => {
    await using server = await serve(byPath);
    const asked: (RequestCache | undefined)[] = [];
    const fetch = (url: string | URL | Request, init?: RequestInit) => {
      asked.push(init?.cache);
      return globalThis.fetch(url, init);
    };
    await getModelFiles(server.folder, ENTRIES, { cache: new FileCache(testStorage()), fetch }).all;
    await getModelFiles(server.folder, ENTRIES, { fetch }).all;
    expect(asked).toEqual(["no-store", "no-store", "default", "default"]);
  });

  it("asks the server once", async () => {
    await using server = await serve(byPath);
    const cache = new FileCache(testStorage());
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
    const cache = new FileCache(testStorage(kept));
    const { all, cached } = getModelFiles(server.folder, ENTRIES, { cache });
    expect(Object.fromEntries(await all)).toEqual(BODIES);
    expect(await cached).toBe(true);
    const repaired = await kept.get(cacheKey(ENTRIES[0]!.sha256))!.arrayBuffer();
    expect(new Uint8Array(repaired)).toEqual(BODIES["a.bin"]);
  });

  it("carries on in memory when the disk is full", async () => {
    await using server = await serve(byPath);
    const full = testStorage(new Map(), () => {
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
    const working = testStorage();
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

  it("stops the other files when one fails", async () => {
    const missing = answers(404);
    await using server = await serve((request, response) =>
      request.url!.endsWith("a.bin") ? missing(request, response) : staysSilent(request, response),
    );
    const { all, get } = getModelFiles(server.folder, ENTRIES);
    for (const promise of [all, get("onnx/b.bin")]) {
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
