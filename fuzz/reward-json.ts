import assert from "node:assert/strict";
import { type Manifest, parseManifest } from "../src/shared/manifest";
import type { Bytes } from "./mutate-bytes";
import { mutateJson } from "./mutate-json";
import type { Reader } from "./reader";
import { seedJson } from "./seeds";

const SEED = seedJson("public/models/demo/reward.json");
const FOLDER = "https://models.example/a/model/";

/** What was read is what is written, no path leaves the folder, and no number is one to allocate by. */
function judge(bytes: Bytes, manifest: Manifest): void {
  assert.deepEqual(manifest, JSON.parse(decode(bytes)));
  const files = [
    ...manifest.files,
    ...manifest.artifacts.flatMap(({ graphs, weights }) => [...graphs, ...weights]),
  ];
  for (const { path, bytes } of files) {
    const { href, search, hash } = new URL(path, FOLDER);
    assert.equal(href, FOLDER + path);
    assert.equal(search + hash, "");
    assert.ok(!/%|\\|\/\/|(?:^|\/)\.\.?(?:\/|$)/.test(path), path);
    assert.ok(Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= 2 ** 32, path);
  }
  const { start, between, end, pad, maxTokens } = manifest.template;
  assert.ok(start.length + between.length + end.length < maxTokens && maxTokens <= 512);
  assert.ok([...start, ...between, ...end, pad].every((id) => Number.isSafeInteger(id) && id >= 0));
  assert.ok(Number.isFinite(manifest.defaultAlpha));
  for (const { rewards, tolerance } of manifest.artifacts) {
    assert.equal(rewards.length, manifest.goldens.length);
    assert.ok([...rewards, tolerance].every(Number.isFinite));
  }
}

function decode(bytes: Bytes): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

export const rewardJson: Reader<Manifest> = {
  mutant: (random) => mutateJson(SEED, random),
  read: async (bytes) => parseManifest(decode(bytes)),
  judge,
};
