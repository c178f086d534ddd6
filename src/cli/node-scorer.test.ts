import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { array, assert, asyncProperty, record } from "fast-check";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { anyText } from "../../test/any-text";
import { MANIFEST_FILE } from "../shared/manifest";
import { spreadOf } from "../shared/spread";
import { BATCH_TOLERANCE } from "../shared/tolerance";
import { chooseNodeArtifact, readManifest } from "./model-folder";
import { NodeScorer } from "./node-scorer";
import { NodeSession } from "./node-session";
import { temporaryFolder } from "./test-command";

/** The model that ships with the page. */
const DEMO = join(import.meta.dirname, "../../public/models/demo");

const manifest = await readManifest(DEMO);
const artifact = chooseNodeArtifact(manifest);
const scorer = await NodeScorer.open(DEMO, manifest, artifact, artifact.graphs[0]!);
afterAll(() => scorer.release());

const anyPairs = array(record({ prompt: anyText(), response: anyText(40) }), { maxLength: 8 });

describe("NodeScorer", () => {
  it("gives any pairs a finite reward each, the one that the pair has alone", async () => {
    const check = asyncProperty(anyPairs, async (pairs) => {
      const scores = await scorer.score(pairs);
      expect(scores).toHaveLength(pairs.length);
      for (const [at, { reward, tokens, truncated, unread }] of scores.entries()) {
        const [alone] = await scorer.score([pairs[at]!]);
        expect(Number.isFinite(reward)).toBe(true);
        expect(Math.abs(reward - alone!.reward)).toBeLessThanOrEqual(ALLOWED);
        expect(tokens).toBeLessThanOrEqual(manifest.template.maxTokens);
        expect(truncated).toBe(Boolean(unread.prompt ?? unread.response));
      }
    });
    await assert(check, { numRuns: 30 });
  });
});

describe("NodeScorer.openChecked", () => {
  it("releases a session that disagrees", async () => {
    const folder = await temporaryFolder();
    for (const name of ["onnx", "config.json", "tokenizer.json", "tokenizer_config.json"]) {
      await symlink(join(DEMO, name), join(folder, name));
    }
    const artifacts = manifest.artifacts.map((artifact) => ({
      ...artifact,
      rewards: artifact.rewards.map((reward) => reward + 1),
    }));
    await writeFile(join(folder, MANIFEST_FILE), JSON.stringify({ ...manifest, artifacts }));
    const release = vi.spyOn(NodeSession.prototype, "release");
    onTestFinished(() => release.mockRestore());
    await expect(NodeScorer.openChecked(folder)).rejects.toMatchObject({ code: "run-failed" });
    expect(release).toHaveBeenCalledOnce();
  });
});

const ALLOWED = BATCH_TOLERANCE * spreadOf(manifest.goldens);
