import { describe, expect, it } from "vitest";
import { CROSSED_PAIRS } from "../convert/golden-pairs";
import { largestError } from "../shared/largest-error";
import type { Manifest } from "../shared/manifest";
import { readManifest } from "./model-folder";
import { rewardsOf } from "./rewards-of";
import { COMMAND_TIMEOUT_MS, convertFixture, temporaryFolder } from "./test-command";

const artifactOf = ({ artifacts }: Manifest, dtype: string) =>
  artifacts.find((artifact) => artifact.dtype === dtype)!;

describe("scoreGoldens", { timeout: COMMAND_TIMEOUT_MS }, () => {
  it("measures what smaller weights cost on more pairs than the manifest keeps", async () => {
    const out = await convertFixture("bert-seqcls", await temporaryFolder(), "q8,fp32");
    const manifest = await readManifest(out);
    const [q8, fp32] = await Promise.all(
      ["q8", "fp32"].map((dtype) => {
        const artifact = artifactOf(manifest, dtype);
        return rewardsOf(out, manifest, artifact, artifact.graphs.at(-1)!, CROSSED_PAIRS);
      }),
    );
    const { maxError, rewards } = artifactOf(manifest, "q8");
    const ofGoldens = largestError(
      rewards,
      manifest.goldens.map(({ reward }) => reward),
    );
    const ofCrossed = largestError(q8!, fp32!);
    expect(ofCrossed).toBeGreaterThan(ofGoldens);
    expect(maxError).toBeCloseTo(ofCrossed, 4);
  });
});
