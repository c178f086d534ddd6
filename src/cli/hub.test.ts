import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isHubId } from "./hub";
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

/** A place with a cache of its own, and the command run in it. */
async function makePlace(hub: TestHub) {
  const place = await temporaryFolder();
  const out = join(place, "out");
  const env = { HF_ENDPOINT: hub.endpoint, HF_TOKEN: TOKEN, XDG_CACHE_HOME: join(place, "cache") };
  const args = ["convert", REPOSITORY, "--out", out, "--dtype", "fp32"];
  const run = (more: string[] = [], changed: Record<string, string> = {}) =>
    runCommand([...args, ...more], { env: { ...env, ...changed } });
  return { out, run, place, blobs: join(place, "cache/reward-scorer/blobs") };
}

/** From which byte on the weights were asked for, each time. */
function storageOffsets({ requests }: TestHub): number[] {
  const ranges = requests.filter(({ host }) => host === "storage").map(({ range = "bytes=0-" }) => range);
  return ranges.map((range) => Number(range.slice("bytes=".length, -1)));
}

describe("isHubId", () => {
  it.each(["nicholasKluge/RewardModel", "a/b.c-d_e"])("takes %s", (text) => expect(isHubId(text)).toBe(true));

  it.each(["", "a", "a/", "/a", "./a", "../a", "a/b/c", "a b/c", "https://a/b", "a/-b"])(
    "refuses %j",
    (text) => expect(isHubId(text)).toBe(false),
  );
});

describe("convert from a Hub", { timeout: COMMAND_TIMEOUT_MS }, () => {
  it("downloads what a conversion reads and keeps the commit in the manifest", async () => {
    const hub = await startFixtureHub();
    const { out, run } = await makePlace(hub);
    const { exitCode, stderr } = await run();
    expect(exitCode, stderr).toBe(0);
    expect((await readManifest(out)).source).toMatchObject({ repository: REPOSITORY, revision: COMMIT });
    const files = hub.requests
      .filter(({ url }) => url.includes("/resolve/"))
      .map(({ url }) => url.split("/").at(-1));
    const expected = [
      "config.json",
      WEIGHTS,
      "special_tokens_map.json",
      "tokenizer_config.json",
      "vocab.txt",
    ];
    expect(files.sort()).toEqual(expected.sort());
    expect(stderr).toContain(`downloading ${WEIGHTS}, 1.2 MB\n`);
  });

  it("sends the token to the Hub and not to where it redirects, and never says it", async () => {
    const hub = await startFixtureHub();
    hub.isPrivate = true;
    const { exitCode, stdout, stderr } = await (await makePlace(hub)).run();
    expect(exitCode, stderr).toBe(0);
    const sent = (host: string) =>
      new Set(
        hub.requests.filter((request) => request.host === host).map(({ authorization }) => authorization),
      );
    expect(sent("hub")).toEqual(new Set([`Bearer ${TOKEN}`]));
    expect(sent("storage")).toEqual(new Set([undefined]));
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  it("downloads nothing twice", async () => {
    const hub = await startFixtureHub();
    const { run } = await makePlace(hub);
    await run();
    hub.requests.length = 0;
    expect((await run()).exitCode).toBe(0);
    expect(hub.requests.filter(({ url }) => !url.startsWith("/api/"))).toEqual([]);
  });

  it("goes on where the connection was cut", async () => {
    const hub = await startFixtureHub();
    hub.cutAfter.set(WEIGHTS, [500_000, 100_000]);
    const { exitCode, stderr } = await (await makePlace(hub)).run();
    expect(exitCode, stderr).toBe(0);
    const [first, second, third, ...more] = storageOffsets(hub);
    expect(first).toBe(0);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThanOrEqual(500_000);
    expect(third).toBeGreaterThan(second!);
    expect(more).toEqual([]);
  });

  it("keeps what it has for the next run when the Hub is gone", async () => {
    const hub = await startFixtureHub();
    const { run, blobs, out, place } = await makePlace(hub);
    hub.cutAfter.set(WEIGHTS, [400_000, 0]);
    const { exitCode, stderr } = await run();
    expect(stderr).toMatch(/^reward-scorer: model\.safetensors: connection cut at \d+ of \d+ bytes; /m);
    expect(exitCode).toBe(1);
    const [incomplete] = (await readdir(blobs)).filter((name) => name.endsWith(".incomplete"));
    const { size } = await stat(join(blobs, incomplete!));
    expect(size).toBeGreaterThan(0);
    expect(await readdir(place)).toEqual(["cache"]);
    hub.requests.length = 0;
    expect((await run()).exitCode).toBe(0);
    expect(storageOffsets(hub)).toEqual([size]);
    expect((await readManifest(out)).name).toBe("out");
  });

  it("refuses bytes that are not what the Hub states, and keeps none of them", async () => {
    const hub = await startFixtureHub();
    const { run, blobs } = await makePlace(hub);
    const wrong = Uint8Array.from(await readFile(join(FIXTURES, "bert-reward", WEIGHTS)));
    wrong[1000]! ^= 1;
    hub.replaced.set(WEIGHTS, wrong);
    const { exitCode, stderr } = await run();
    expect(stderr).toMatch(
      /^reward-scorer: model\.safetensors: expected \d+ bytes of sha256 hash [0-9a-f]{64}, /m,
    );
    expect(exitCode).toBe(1);
    expect((await readdir(blobs)).filter((name) => name.length !== 40)).toEqual([]);
  });

  it("refuses a small file with another git hash", async () => {
    const hub = await startFixtureHub();
    hub.replaced.set("config.json", new Uint8Array(1574).fill(0x20));
    const { exitCode, stderr } = await (await makePlace(hub)).run();
    expect(stderr).toMatch(/^reward-scorer: config\.json: expected 1574 bytes of git hash [0-9a-f]{40}, /m);
    expect(exitCode).toBe(1);
  });

  it("says when there is no such revision", async () => {
    const { exitCode, stderr } = await (await makePlace(await startFixtureHub())).run([
      "--revision",
      "v9/beta",
    ]);
    expect(stderr).toBe(
      `reward-scorer: ${REPOSITORY}, revision v9/beta: expected one that may be read with the HF_TOKEN given, or without, found status 404\n`,
    );
    expect(exitCode).toBe(1);
  });

  it("says when the token opens nothing, without saying the token", async () => {
    const hub = await startFixtureHub();
    hub.isPrivate = true;
    const { exitCode, stderr } = await (await makePlace(hub)).run([], { HF_TOKEN: "hf_other" });
    expect(stderr).toContain("found status 401");
    expect(stderr).not.toContain("hf_other");
    expect(exitCode).toBe(1);
  });

  it("says when the Hub has a fault, and when it does not answer", async () => {
    const hub = await startFixtureHub();
    hub.status = 503;
    const { run } = await makePlace(hub);
    expect((await run()).stderr).toContain("expected an answer, found status 503");
    const gone = await run([], { HF_ENDPOINT: "http://127.0.0.1:1" });
    expect(gone.stderr).toMatch(/^reward-scorer: http:\/\/127\.0\.0\.1:1: no answer: fetch failed: /);
    expect(gone.exitCode).toBe(1);
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
    const result = await (await makePlace(await startFixtureHub())).run([], env);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(says);
    expect(result.stderr).not.toMatch(/hf_/);
  });
});
