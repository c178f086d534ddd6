import { readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DownloadProgress } from "./download-progress";
import { fetchHubCheckpoint, isHubId } from "./hub";
import { readHubSettings } from "./hub-settings";
import { readManifest } from "./model-folder";
import { COMMAND_TIMEOUT_MS, FIXTURES, runCommand, temporaryFolder } from "./test-command";
import { COMMIT, REPOSITORY, startHub, type TestHub, TOKEN } from "./test-hub";

const WEIGHTS = "model.safetensors";

async function startFixtureHub(): Promise<TestHub> {
  const folder = join(FIXTURES, "bert-reward");
  const files = new Map<string, Uint8Array>();
  for (const name of await readdir(folder)) files.set(name, await readFile(join(folder, name)));
  files.set("pytorch_model.bin", new Uint8Array(1000)); // not to be downloaded beside safetensors
  files.set("README.md", new TextEncoder().encode("# tiny-reward"));
  return startHub(files);
}

/** A place with a cache of its own, the command run in it, and the download alone. */
async function makePlace(hub: TestHub) {
  const place = await temporaryFolder();
  const out = join(place, "out");
  const env = { HF_ENDPOINT: hub.endpoint, HF_TOKEN: TOKEN, XDG_CACHE_HOME: join(place, "cache") };
  const convert = (changed: Record<string, string> = {}) =>
    runCommand(["convert", REPOSITORY, "--out", out, "--dtype", "fp32"], { env: { ...env, ...changed } });
  const fetchCheckpoint = (revision = "main", changed: Record<string, string> = {}) =>
    fetchHubCheckpoint(REPOSITORY, revision, readHubSettings({ ...env, ...changed }), SILENT);
  return { out, place, convert, fetchCheckpoint, blobs: join(place, "cache/reward-scorer/blobs") };
}

const SILENT: DownloadProgress = { start: () => undefined, update: () => undefined, stop: () => undefined };

/** From which byte on the weights were asked for, each time. */
function storageOffsets({ requests }: TestHub): number[] {
  const ranges = requests.filter(({ host }) => host === "storage").map(({ range = "bytes=0-" }) => range);
  return ranges.map((range) => Number(range.slice("bytes=".length, -1)));
}

describe("isHubId", () => {
  it.each(["nicholasKluge/RewardModel", "a/b.c-d_e"])("takes %s", (text) => {
    expect(isHubId(text)).toBe(true);
  });

  it.each(["", "a", "a/", "/a", "./a", "../a", "a/b/c", "a b/c", "https://a/b", "a/-b"])(
    "refuses %j",
    (text) => {
      expect(isHubId(text)).toBe(false);
    },
  );
});

describe("convert", { timeout: COMMAND_TIMEOUT_MS }, () => {
  it("takes a repository of a Hub and keeps its commit in the manifest", async () => {
    const hub = await startFixtureHub();
    const { out, convert } = await makePlace(hub);
    const { exitCode, stderr } = await convert();
    expect(exitCode, stderr).toBe(0);
    expect((await readManifest(out)).source).toMatchObject({ repository: REPOSITORY, revision: COMMIT });
    expect(stderr).toContain(`downloading ${WEIGHTS}, 1.2 MB\n`);
  });

  it("never says the token, whether it opens the repository or not", async () => {
    const hub = await startFixtureHub();
    hub.isPrivate = true;
    const { convert } = await makePlace(hub);
    const opened = await convert();
    expect(opened.exitCode, opened.stderr).toBe(0);
    expect(opened.stdout + opened.stderr).not.toContain(TOKEN);
    const refused = await convert({ HF_TOKEN: "hf_other" });
    expect(refused.stderr).toContain("found status 401");
    expect(refused.stdout + refused.stderr).not.toContain("hf_other");
    expect(refused.exitCode).toBe(1);
  });

  it("leaves nothing behind but the cache when the download is cut", async () => {
    const hub = await startFixtureHub();
    const { place, convert } = await makePlace(hub);
    hub.cutAfter.set(WEIGHTS, [400_000, 0]);
    const { exitCode, stderr } = await convert();
    expect(stderr).toMatch(/^reward-scorer: model\.safetensors: connection cut at \d+ of \d+ bytes; /m);
    expect(exitCode).toBe(1);
    expect(await readdir(place)).toEqual(["cache"]);
  });

  it.each([
    {
      name: "a token with a line break",
      env: { HF_TOKEN: "hf_sec\nret" },
      says: "HF_TOKEN: expected visible ASCII",
    },
    {
      name: "an endpoint with a password",
      env: { HF_ENDPOINT: "https://a:hf_x@b" },
      says: "HF_ENDPOINT: expected",
    },
  ])("refuses $name without repeating it", async ({ env, says }) => {
    const result = await (await makePlace(await startFixtureHub())).convert(env);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(says);
    expect(result.stderr).not.toMatch(/hf_/);
  });
});

describe("fetchHubCheckpoint", () => {
  it("downloads what a conversion reads and no more", async () => {
    const hub = await startFixtureHub();
    const { files, revision } = await (await makePlace(hub)).fetchCheckpoint();
    const expected = [
      "config.json",
      WEIGHTS,
      "special_tokens_map.json",
      "tokenizer_config.json",
      "vocab.txt",
    ];
    expect([...files.keys()].sort()).toEqual(expected.sort());
    expect(hub.requests.filter(({ url }) => url.includes("/resolve/"))).toHaveLength(expected.length);
    expect(revision).toBe(COMMIT);
    for (const [name, blob] of files) {
      const original = await readFile(join(FIXTURES, "bert-reward", name));
      expect(original.equals(new Uint8Array(await blob.arrayBuffer())), name).toBe(true);
    }
  });

  it("sends the token to the Hub and not to where it redirects", async () => {
    const hub = await startFixtureHub();
    hub.isPrivate = true;
    await (await makePlace(hub)).fetchCheckpoint();
    const sent = (host: string) =>
      new Set(
        hub.requests.filter((request) => request.host === host).map(({ authorization }) => authorization),
      );
    expect(sent("hub")).toEqual(new Set([`Bearer ${TOKEN}`]));
    expect(sent("storage")).toEqual(new Set([undefined]));
  });

  it("downloads no file that another process is downloading", async () => {
    const { fetchCheckpoint, blobs } = await makePlace(await startFixtureHub());
    await fetchCheckpoint();
    const [blob] = await readdir(blobs);
    const lock = join(blobs, `${blob}.lock`);
    await rm(join(blobs, blob!));
    await writeFile(lock, String(process.pid));
    await expect(fetchCheckpoint()).rejects.toThrow(`process ${process.pid} is downloading it`);
    await rm(lock);
    await fetchCheckpoint();
    expect(await readdir(blobs)).toContain(blob);
  });

  it("downloads nothing twice", async () => {
    const hub = await startFixtureHub();
    const { fetchCheckpoint } = await makePlace(hub);
    await fetchCheckpoint();
    hub.requests.length = 0;
    expect((await fetchCheckpoint()).files.size).toBe(5);
    expect(hub.requests.filter(({ url }) => !url.startsWith("/api/"))).toEqual([]);
  });

  it("downloads again what was damaged in the cache", async () => {
    const hub = await startFixtureHub();
    const { fetchCheckpoint, blobs } = await makePlace(hub);
    await fetchCheckpoint();
    const [damaged] = (await readdir(blobs)).filter((name) => name.length === 64);
    await truncate(join(blobs, damaged!), 1000);
    hub.requests.length = 0;
    const { files } = await fetchCheckpoint();
    expect(files.get(WEIGHTS)!.size).toBe(hub.size(WEIGHTS));
    expect(storageOffsets(hub)).toEqual([0]);
  });

  it("goes on where the connection was cut", async () => {
    const hub = await startFixtureHub();
    hub.cutAfter.set(WEIGHTS, [500_000, 100_000]);
    await (await makePlace(hub)).fetchCheckpoint();
    const [first, second, third, ...more] = storageOffsets(hub);
    expect(first).toBe(0);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThanOrEqual(500_000);
    expect(third).toBeGreaterThan(second!);
    expect(more).toEqual([]);
  });

  it("keeps what it has for the next time when the connection stays cut", async () => {
    const hub = await startFixtureHub();
    const { fetchCheckpoint, blobs } = await makePlace(hub);
    hub.cutAfter.set(WEIGHTS, [400_000, 0]);
    await expect(fetchCheckpoint()).rejects.toMatchObject({ code: "download-failed" });
    const [incomplete] = (await readdir(blobs)).filter((name) => name.endsWith(".incomplete"));
    const { size } = await stat(join(blobs, incomplete!));
    expect(size).toBeGreaterThan(0);
    hub.requests.length = 0;
    await fetchCheckpoint();
    expect(storageOffsets(hub)).toEqual([size]);
  });

  it("refuses bytes that are not what the Hub states, and keeps none of them", async () => {
    const hub = await startFixtureHub();
    const { fetchCheckpoint, blobs } = await makePlace(hub);
    const wrong = Uint8Array.from(await readFile(join(FIXTURES, "bert-reward", WEIGHTS)));
    wrong[1000]! ^= 1;
    hub.replaced.set(WEIGHTS, wrong);
    await expect(fetchCheckpoint()).rejects.toMatchObject({
      code: "integrity-mismatch",
      message: expect.stringMatching(/^model\.safetensors: expected \d+ bytes of sha256 hash [0-9a-f]{64}, /),
    });
    expect((await readdir(blobs)).filter((name) => name.length !== 40)).toEqual([]);
  });

  it("refuses a small file with another git hash, or with more bytes", async () => {
    const hub = await startFixtureHub();
    const { fetchCheckpoint } = await makePlace(hub);
    for (const bytes of [hub.size("config.json"), 1_000_000]) {
      hub.replaced.set("config.json", new Uint8Array(bytes).fill(0x20));
      await expect(fetchCheckpoint()).rejects.toMatchObject({
        code: "integrity-mismatch",
        message: expect.stringMatching(/^config\.json: expected \d+ bytes of git hash [0-9a-f]{40}, /),
      });
    }
  });

  it("says when there is no such revision", async () => {
    const { fetchCheckpoint } = await makePlace(await startFixtureHub());
    const message = `${REPOSITORY}, revision v9/beta: expected one that may be read with the HF_TOKEN given, or without, found status 404`;
    await expect(fetchCheckpoint("v9/beta")).rejects.toMatchObject({ code: "model-not-found", message });
  });

  it("says when the Hub has a fault, and when it does not answer", async () => {
    const hub = await startFixtureHub();
    const { fetchCheckpoint } = await makePlace(hub);
    hub.status = 503;
    const fault = `${REPOSITORY}, revision main: expected an answer, found status 503`;
    await expect(fetchCheckpoint()).rejects.toMatchObject({ code: "download-failed", message: fault });
    const gone = fetchCheckpoint("main", { HF_ENDPOINT: "http://127.0.0.1:1" });
    await expect(gone).rejects.toMatchObject({
      code: "download-failed",
      message: "http://127.0.0.1:1: no answer",
    });
  });
});
