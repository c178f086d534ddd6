import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { compress, init } from "@bokuweb/zstd-wasm";
import { describe, expect, it } from "vitest";
import type { FileEntry } from "../shared/manifest";
import { downloadFile, type ServedFile } from "./download";
import {
  type Answer,
  answers,
  cutsAfter,
  ignoresRange,
  neverEnds,
  sends,
  serve,
  stallsAfter,
  staysSilent,
} from "./test-server";

const BODY = Uint8Array.from({ length: 30_000 }, (_, at) => (at * 31) % 251);
const FILE: FileEntry = {
  path: "onnx/model.onnx_data",
  bytes: BODY.length,
  sha256: createHash("sha256").update(BODY).digest("hex"),
};

await init();
/** Several blocks of zstd, which hardly gets any shorter. */
const NOISE = Uint8Array.from({ length: 500_000 }, (_, at) => (Math.sin(at) * 1e6) & 255);
const COMPRESSED = compress(NOISE, 3);
const NOISE_FILE: ServedFile = {
  path: "runtime.wasm.zstd",
  bytes: NOISE.length,
  sha256: createHash("sha256").update(NOISE).digest("hex"),
  compressedBytes: COMPRESSED.length,
};

/** Long enough for a server on this machine while it is busy. */
const STALL_MS = 1500;

function download(file: ServedFile, ...script: [Answer, ...Answer[]]) {
  return downloadWithin(undefined, file, ...script);
}

/** @param stallMs undefined: the limit as it is */
async function downloadWithin(
  stallMs: number | undefined,
  file: ServedFile,
  ...script: [Answer, ...Answer[]]
) {
  await using server = await serve(...script);
  const loaded: number[] = [];
  const { requests } = server;
  const onProgress = (bytes: number) => loaded.push(bytes);
  const httpCache = "no-store" as const; // as where files are stored
  const options = { backoffMs: 1, ...(stallMs && { stallMs }), httpCache, onProgress };
  const outcome = await downloadFile(server.folder, file, options).catch((error) => error);
  return { outcome, requests, loaded };
}

describe("downloadFile", () => {
  it("returns the bytes and counts them", async () => {
    const { outcome, loaded } = await download(FILE, sends(BODY));
    expect(outcome).toEqual(BODY);
    expect(loaded.at(-1)).toBe(BODY.length);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
  });

  it("resumes a cut download from the bytes received", async () => {
    const { outcome, requests } = await download(FILE, cutsAfter(10_000, BODY), sends(BODY));
    expect(outcome).toEqual(BODY);
    expect(requests).toEqual(["/model/onnx/model.onnx_data", "/model/onnx/model.onnx_data bytes=10000-"]);
  });

  it("resumes more than once", async () => {
    const cut = cutsAfter(8_000, BODY);
    const { outcome, requests } = await download(FILE, cut, cut, cut, sends(BODY));
    expect(outcome).toEqual(BODY);
    expect(requests.at(-1)).toContain("bytes=24000-");
  });

  it("resumes a download that falls silent", async () => {
    const { outcome, requests } = await downloadWithin(
      STALL_MS,
      FILE,
      stallsAfter(10_000, BODY),
      sends(BODY),
    );
    expect(outcome).toEqual(BODY);
    expect(requests).toEqual(["/model/onnx/model.onnx_data", "/model/onnx/model.onnx_data bytes=10000-"]);
  });

  it("asks again where the server does not answer", async () => {
    const { outcome, requests } = await downloadWithin(STALL_MS, FILE, staysSilent, sends(BODY));
    expect(outcome).toEqual(BODY);
    expect(requests).toHaveLength(2);
  });

  it("gives up on a server that never answers", async () => {
    const { outcome, requests } = await downloadWithin(100, FILE, staysSilent);
    expect(outcome).toMatchObject({
      code: "download-failed",
      message: expect.stringContaining("onnx/model.onnx_data: no answer from http://127.0.0.1"),
      cause: { name: "TimeoutError", message: "no answer within 0.1 s" },
    });
    expect(requests).toHaveLength(5);
  });

  it("closes the connection of a silent server", async () => {
    let close = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const silent: Answer = (request) => void request.socket.on("close", close);
    await using server = await serve(silent, sends(BODY));
    await downloadFile(server.folder, FILE, { backoffMs: 1, stallMs: STALL_MS });
    await closed;
  });

  it("starts over where the server ignores the range", async () => {
    const { outcome, requests } = await download(FILE, cutsAfter(10_000, BODY), ignoresRange(BODY));
    expect(outcome).toEqual(BODY);
    expect(requests).toHaveLength(2);
  });

  it("starts over where the server sends another range", async () => {
    const fromStart: Answer = (_, response) => {
      const range = { "Content-Range": `bytes 0-${BODY.length - 1}/${BODY.length}` };
      response.writeHead(206, range).end(BODY);
    };
    const { outcome } = await download(FILE, cutsAfter(10_000, BODY), fromStart);
    expect(outcome).toEqual(BODY);
  });

  it("starts over where a server compresses on its way, whose ranges are of other bytes", async () => {
    const compressed = gzipSync(NOISE);
    const cut: Answer = (_, response) => {
      response.writeHead(200, { "Content-Encoding": "gzip" });
      response.write(compressed.subarray(0, compressed.length / 2), () => response.destroy());
    };
    const { compressedBytes: _, ...file } = NOISE_FILE;
    const { outcome, requests, loaded } = await download(file, cut, sends(NOISE));
    expect(Buffer.compare(outcome, NOISE)).toBe(0);
    expect(requests).toEqual(["/model/runtime.wasm.zstd", "/model/runtime.wasm.zstd"]);
    expect(loaded[0]).toBeGreaterThan(0);
  });

  it("starts over where the server refuses the range", async () => {
    const { outcome } = await download(FILE, cutsAfter(10_000, BODY), answers(416), sends(BODY));
    expect(outcome).toEqual(BODY);
  });

  it("tries again after status 503", async () => {
    const { outcome } = await download(FILE, answers(503), sends(BODY));
    expect(outcome).toEqual(BODY);
  });

  it("gives up on a line that is cut every time", async () => {
    const { outcome, requests } = await download(FILE, cutsAfter(10, BODY));
    expect(outcome).toMatchObject({
      code: "download-failed",
      message: "onnx/model.onnx_data: cut after 50 of 30000 bytes",
      cause: { name: "TypeError" },
    });
    expect(requests).toHaveLength(5);
  });

  it("rejects with the status where the server keeps failing", async () => {
    const { outcome } = await download(FILE, answers(500));
    expect(outcome).toMatchObject({
      code: "download-failed",
      message: expect.stringContaining("status 500"),
    });
  });

  it("rejects with the cause where there is no server", async () => {
    const server = await serve(answers(200));
    await server[Symbol.asyncDispose]();
    const outcome = downloadFile(server.folder, FILE, { backoffMs: 1 });
    await expect(outcome).rejects.toMatchObject({ code: "download-failed", cause: { name: "TypeError" } });
  });

  it("asks once for a file that is not there", async () => {
    const { outcome, requests } = await download(FILE, answers(404));
    expect(outcome).toMatchObject({
      code: "model-not-found",
      message: expect.stringContaining("status 404"),
    });
    expect(requests).toHaveLength(1);
  });

  it("takes a page of HTML for a missing file", async () => {
    const { outcome } = await download(FILE, answers(200, "text/html", "<!doctype html>"));
    expect(outcome).toMatchObject({ code: "model-not-found", message: expect.stringContaining("HTML") });
  });

  it("rejects another file of the same length", async () => {
    const other = BODY.map((byte) => byte ^ 1);
    const { outcome } = await download(FILE, sends(other));
    const found = createHash("sha256").update(other).digest("hex");
    expect(outcome).toMatchObject({
      code: "integrity-mismatch",
      message: `onnx/model.onnx_data: expected sha256 ${FILE.sha256}, got ${found}`,
    });
  });

  it("asks the server itself when the browser's own cache may have had the wrong file", async () => {
    const old = BODY.map((byte) => byte ^ 1);
    await using server = await serve(sends(old), sends(BODY));
    const asked: (RequestCache | undefined)[] = [];
    const fetch = (url: string | URL | Request, init?: RequestInit) => {
      asked.push(init?.cache);
      return globalThis.fetch(url, init);
    };
    expect(await downloadFile(server.folder, FILE, { fetch })).toEqual(BODY);
    expect(asked).toEqual(["default", "reload"]);
  });

  it("rejects a wrong file that the server itself has sent", async () => {
    await using server = await serve(sends(BODY.map((byte) => byte ^ 1)));
    const outcome = downloadFile(server.folder, FILE);
    await expect(outcome).rejects.toMatchObject({ code: "integrity-mismatch" });
    expect(server.requests).toHaveLength(2);
  });

  it("rejects a file that is too short", async () => {
    const { outcome } = await download(FILE, ignoresRange(BODY.subarray(1)));
    expect(outcome).toMatchObject({
      code: "integrity-mismatch",
      message: "onnx/model.onnx_data: expected 30000 bytes, got 29999",
    });
  });

  it("stops reading a file that is too long", async () => {
    const { outcome, requests } = await download(FILE, neverEnds(BODY));
    expect(outcome).toMatchObject({
      code: "integrity-mismatch",
      message: expect.stringMatching(/^onnx\/model\.onnx_data: expected 30000 bytes, got at least \d+$/),
    });
    expect(requests).toHaveLength(1);
  });

  it("takes no more memory than arrives, whatever length is stated", async () => {
    const { outcome } = await download({ ...FILE, bytes: 2 ** 52 }, ignoresRange(BODY));
    expect(outcome).toMatchObject({
      code: "integrity-mismatch",
      message: "onnx/model.onnx_data: expected 4503599627370496 bytes, got 30000",
    });
  });

  it("reads an empty file", async () => {
    const sha256 = createHash("sha256").digest("hex");
    const { outcome } = await download({ path: "empty", bytes: 0, sha256 }, sends(new Uint8Array()));
    expect(outcome).toEqual(new Uint8Array());
  });

  it("decompresses what is sent compressed, and counts what is sent", async () => {
    const { outcome, loaded } = await download(NOISE_FILE, sends(COMPRESSED));
    expect(Buffer.compare(outcome, NOISE)).toBe(0);
    expect(loaded.at(-1)).toBe(COMPRESSED.length);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
  });

  it("resumes what is sent compressed where it was cut", async () => {
    const { outcome, requests } = await download(
      NOISE_FILE,
      cutsAfter(200_000, COMPRESSED),
      cutsAfter(7, COMPRESSED),
      sends(COMPRESSED),
    );
    expect(Buffer.compare(outcome, NOISE)).toBe(0);
    expect(requests.slice(1)).toEqual([
      "/model/runtime.wasm.zstd bytes=200000-",
      "/model/runtime.wasm.zstd bytes=200007-",
    ]);
  });

  it("starts decompression over where the server ignores the range", async () => {
    const { outcome } = await download(NOISE_FILE, cutsAfter(200_000, COMPRESSED), ignoresRange(COMPRESSED));
    expect(Buffer.compare(outcome, NOISE)).toBe(0);
  });

  it("rejects what is not compressed, what ends early, and what becomes too much", async () => {
    const foreign = await download(NOISE_FILE, sends(NOISE));
    expect(foreign.outcome).toMatchObject({
      code: "integrity-mismatch",
      message: "runtime.wasm.zstd: not compressed by zstd",
    });
    const short = await download(NOISE_FILE, sends(COMPRESSED.subarray(0, -1000)));
    expect(short.outcome).toMatchObject({
      code: "integrity-mismatch",
      message: expect.stringMatching(/^runtime\.wasm\.zstd: expected 500000 bytes, got \d+$/),
    });
    const long = await download(NOISE_FILE, sends(compress(new Uint8Array(50_000_000), 3)));
    expect(long.outcome).toMatchObject({
      code: "integrity-mismatch",
      message: expect.stringMatching(/^runtime\.wasm\.zstd: expected 500000 bytes, got at least \d+$/),
    });
    expect(long.requests).toHaveLength(1);
  });

  it("rejects with the signal's reason when aborted", async () => {
    await using server = await serve(cutsAfter(1000, BODY));
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("enough"));
    const options = { signal: controller.signal, onProgress, backoffMs: 60_000 };
    await expect(downloadFile(server.folder, FILE, options)).rejects.toThrow("enough");
  });
});
