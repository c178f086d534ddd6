import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FileCache } from "./cache";
import { fetchManifest } from "./manifest-file";
import { type Answer, answers, cutsAfter, neverEnds, serve, stallsAfter, staysSilent } from "./test-server";
import { testStorage } from "./test-storage";

const DEMO = await readFile(join(import.meta.dirname, "../../public/models/demo/reward.json"), "utf8");

/** @param limit none: as it is */
async function outcome(answer: Answer, limit: { stallMs?: number } = {}) {
  await using server = await serve(answer);
  return await fetchManifest(server.folder, limit).catch((error) => error);
}

describe("fetchManifest", () => {
  it.each([
    { name: "a missing manifest", answer: answers(404), code: "model-not-found" },
    { name: "an app's page", answer: answers(200, "text/html", "<!doctype html>"), code: "model-not-found" },
    { name: "a text that is not JSON", answer: answers(200, "text/plain", "hi"), code: "malformed-model" },
    { name: "a manifest of another kind", answer: answers(200, "text/plain", "{}"), code: "malformed-model" },
    { name: "a failing server", answer: answers(502), code: "download-failed" },
    { name: "a cut line", answer: cutsAfter(10, new Uint8Array(1000)), code: "download-failed" },
    { name: "an endless file", answer: neverEnds(new Uint8Array(100_000)), code: "malformed-model" },
  ])("rejects $name with $code", async ({ answer, code }) => {
    expect(await outcome(answer)).toMatchObject({ name: "ScorerError", code });
  });

  it("rejects a template that leaves the texts no token", async () => {
    const manifest = JSON.parse(DEMO);
    const served = () => answers(200, "application/json", JSON.stringify(manifest));
    manifest.template = { ...manifest.template, start: [1], between: [2, 2], end: [2], maxTokens: 5 };
    expect(await outcome(served())).toMatchObject({ manifest: { template: { maxTokens: 5 } } });
    manifest.template.maxTokens = 4;
    expect(await outcome(served())).toMatchObject({
      code: "malformed-model",
      message: expect.stringContaining("template: expected fewer tokens than maxTokens"),
    });
  });

  it("takes the copy of the last load where the server fails, not where it has another answer", async () => {
    const [right, gone, wrong] = [answers(200, "x/y", DEMO), answers(404), answers(200, "x/y", "{}")];
    await using server = await serve(right, answers(502), gone, wrong);
    const cache = new FileCache(testStorage());
    const fetched = await fetchManifest(server.folder, { cache });
    await fetched.keep!();
    expect(await fetchManifest(server.folder, { cache })).toEqual({
      manifest: fetched.manifest,
      keep: undefined,
    });
    for (const code of ["model-not-found", "malformed-model"]) {
      await expect(fetchManifest(server.folder, { cache })).rejects.toMatchObject({ code });
    }
  });

  it.each([
    { name: "a silent server", answer: staysSilent },
    { name: "a silent line", answer: stallsAfter(10, new Uint8Array(1000)) },
  ])("gives up on $name", async ({ answer }) => {
    expect(await outcome(answer, { stallMs: 300 })).toMatchObject({
      code: "download-failed",
      cause: { name: "TimeoutError" },
    });
  });
});
