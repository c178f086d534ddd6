import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MANIFEST_FILE, type Manifest } from "../shared/manifest";
import { publishedScores } from "./published-scores";
import { changedCheckpoint, valuesOf } from "./test-checkpoint";
import {
  COMMAND_TIMEOUT_MS,
  convertFixture,
  makeFolder,
  removeFolder,
  runCommand,
  temporaryFolder,
} from "./test-command";

const PUBLISHED = publishedScores({
  source: { repository: "nicholasKluge/RewardModel" },
  architecture: "RewardModel",
} as Manifest);

describe("verify", { timeout: COMMAND_TIMEOUT_MS }, () => {
  let folder: string;
  let model: string;
  let manifest: Manifest;
  beforeAll(async () => {
    folder = await makeFolder();
    model = await convertFixture("bert-reward", folder, "q8,w8,fp32");
    return () => removeFolder(folder);
  }, COMMAND_TIMEOUT_MS);
  beforeEach(async () => {
    manifest = JSON.parse(await readFile(join(model, MANIFEST_FILE), "utf8"));
  });

  /** Verify with a changed manifest, which is put back. */
  async function verifyWith(change: (manifest: Manifest) => void) {
    const path = join(model, MANIFEST_FILE);
    const before = await readFile(path);
    change(manifest);
    await writeFile(path, JSON.stringify(manifest));
    const result = await runCommand(["verify", model]);
    await writeFile(path, before);
    return result;
  }

  /** Verify with a changed file, which is put back. */
  async function verifyAfter(path: string, change: (file: string) => Promise<void>) {
    const file = join(model, path);
    const before = await readFile(file);
    await change(file);
    const result = await runCommand(["verify", model]);
    await writeFile(file, before);
    return result;
  }

  it("says how far every artifact is off", async () => {
    const { exitCode, stdout, stderr } = await runCommand(["verify", model]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^11 files: sha256 as in the manifest$/m);
    expect(stdout).toMatch(/^w8 +fused +0\.000000 +0\.000\d+ +0\.0\d+ +0\.0\d+ +ok$/m);
    expect(stdout).toMatch(/^fp32 +plain +0\.000000 +0\.000\d+ +0\.000000 +0\.000\d+ +ok$/m);
    expect(stdout).toMatch(/^q8 +fused +0\.000000 +0\.00\d+ +0\.0\d+ +0\.0\d+ +ok$/m);
    expect(stdout).toMatch(/^no published score of bert-reward is known: none was checked$/m);
  });

  it("fails for a flipped bit", async () => {
    const path = "onnx/model.onnx_data";
    const { exitCode, stdout, stderr } = await verifyAfter(path, async (file) => {
      const bytes = await readFile(file);
      bytes[1000]! ^= 1;
      await writeFile(file, bytes);
    });
    expect(stderr).toMatch(/^onnx\/model\.onnx_data: expected sha256 [0-9a-f]{64}, found [0-9a-f]{64}\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  });

  it("fails for a cut and for a missing file", async () => {
    const cut = await verifyAfter("tokenizer.json", (file) => truncate(file, 10));
    expect(cut.stderr).toMatch(/^tokenizer\.json: expected \d+ bytes, found 10\n$/);
    const missing = await verifyAfter("config.json", (file) => rm(file));
    expect(missing).toMatchObject({ exitCode: 1, stderr: "config.json: expected a file, found none\n" });
  });

  it("fails when a golden is not what the model says", async () => {
    const { exitCode, stdout } = await verifyWith(({ goldens }) => {
      goldens[0]!.reward += 0.01;
    });
    expect(stdout).toMatch(/^fp32 +plain +0\.000000 +0\.000\d+ +0\.01\d+ +0\.000\d+ +failed$/m);
    expect(exitCode).toBe(1);
  });

  it("fails when an artifact does not give what it gave when it was made", async () => {
    const { exitCode, stdout } = await verifyWith(({ artifacts }) => {
      for (const artifact of artifacts) artifact.rewards[0]! += 0.01;
    });
    expect(stdout).toMatch(/^q8 +fused +0\.01\d+ +0\.00\d+ +0\.0\d+ +0\.0\d+ +failed$/m);
    expect(exitCode).toBe(1);
  });

  it("fails where a load would: rewards off by half the tolerance", async () => {
    const { exitCode, stdout } = await verifyWith(({ artifacts }) => {
      const w8 = artifacts.find(({ dtype }) => dtype === "w8")!;
      w8.rewards = w8.rewards.map((reward) => reward + w8.tolerance / 2);
    });
    expect(stdout).toMatch(/^w8 +fused +0\.000\d+ +0\.0000\d+ +0\.0\d+ +0\.0\d+ +failed$/m);
    expect(exitCode).toBe(1);
  });

  it("fails when a golden is other tokens than when it was made", async () => {
    const { exitCode, stderr } = await verifyWith(({ goldens }) => {
      goldens[1]!.tokens += 1;
    });
    expect(stderr).toMatch(/^golden ".*": expected \d+ tokens, got \d+\n$/);
    expect(exitCode).toBe(1);
  });

  it("fails when smaller weights cost more than the manifest says", async () => {
    const { exitCode, stderr } = await verifyWith(({ artifacts }) => {
      artifacts.find(({ dtype }) => dtype === "w8")!.maxError = 0;
    });
    expect(stderr).toMatch(/^w8: expected maxError 0\.0\d+ or more, by its rewards, found 0\.000000\n$/);
    expect(exitCode).toBe(1);
  });

  it("holds the published scores against a model that claims to be the published one", async () => {
    const { exitCode, stdout } = await verifyWith(({ source }) => {
      source.repository = "nicholasKluge/RewardModel";
    });
    expect(stdout).toMatch(/^3\.183 +-?\d\.\d{3} +\d\.\d{3} +failed +What is the capital of France\? Paris/m);
    expect(stdout).toMatch(
      /^-5\.781 +-?\d\.\d{3} +\d\.\d{3} +failed +What is the capital of France\? Google it pal\.$/m,
    );
    expect(exitCode).toBe(1);
  });

  it.each(["fp32", "w8", "q8"])(
    "finds the published scores in a model that gives them, as %s",
    async (dtype) => {
      const scored = await runCommand([
        ...["score", "--model", model, "--alpha", "1", "--prompt", PUBLISHED[0]!.prompt],
        ...PUBLISHED.flatMap(({ response }) => ["--response", response]),
      ]);
      const rewards = scored.stdout.split("\n", 2).map((line) => JSON.parse(line).reward as number);
      const [first, second] = PUBLISHED.map(({ score, alpha }) => score / alpha);
      const scale = (first! - second!) / (rewards[0]! - rewards[1]!);
      const place = await temporaryFolder();
      const checkpoint = await changedCheckpoint("bert-reward", place, (tensors) => {
        const [weights, bias] = ["weight", "bias"].map((name) => valuesOf(tensors, `ff2.${name}`));
        weights!.forEach((weight, at) => {
          weights![at] = scale * weight;
        });
        bias![0] = scale * (bias![0]! - rewards[0]!) + first!;
      });
      const out = join(place, "model");
      await runCommand(["convert", checkpoint, "--out", out, "--dtype", dtype]);
      const path = join(out, MANIFEST_FILE);
      const made: Manifest = JSON.parse(await readFile(path, "utf8"));
      made.source.repository = "nicholasKluge/RewardModel";
      await writeFile(path, JSON.stringify(made));
      const { exitCode, stdout } = await runCommand(["verify", out]);
      expect(stdout).toMatch(/^3\.183 +\d\.\d{3} +\d\.\d{3} +ok +What is the capital of France\? Paris/m);
      expect(stdout).toMatch(/^-5\.781 +-\d\.\d{3} +\d\.\d{3} +ok +What is the capital of France\? Google/m);
      expect(exitCode).toBe(0);
    },
  );

  it("names the field of a manifest that is wrong", async () => {
    const { exitCode, stderr } = await verifyWith((changed) => {
      changed.template.pad = -1;
    });
    expect(stderr).toMatch(/^reward-scorer: reward\.json: template\.pad: .*\n$/);
    expect(exitCode).toBe(1);
  });
});
