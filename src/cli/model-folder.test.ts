import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Artifact, Manifest } from "../shared/manifest";
import { chooseNodeArtifact, readManifest } from "./model-folder";

const MANIFEST = await readManifest(join(import.meta.dirname, "../../public/models/demo"));

function manifestWith(...artifacts: Pick<Artifact, "dtype" | "devices">[]): Manifest {
  return {
    ...MANIFEST,
    artifacts: artifacts.map((artifact) => ({ ...MANIFEST.artifacts[0]!, ...artifact })),
  };
}

describe("chooseNodeArtifact", () => {
  it("takes fp32 before what else is for the CPU", () => {
    const chosen = chooseNodeArtifact(
      manifestWith({ dtype: "w8", devices: ["cpu"] }, { dtype: "fp32", devices: ["cpu"] }),
    );
    expect(chosen.dtype).toBe("fp32");
  });

  it("goes by the devices that the manifest names, whatever the dtype", () => {
    const chosen = chooseNodeArtifact(
      manifestWith({ dtype: "fp32", devices: ["webgpu"] }, { dtype: "fp16", devices: ["webgpu", "cpu"] }),
    );
    expect(chosen.dtype).toBe("fp16");
  });

  it("names what it found where nothing is for the CPU", () => {
    const manifest = manifestWith(
      { dtype: "fp32", devices: ["webgpu", "wasm"] },
      { dtype: "q8", devices: [] },
    );
    expect(() => chooseNodeArtifact(manifest)).toThrow(
      "demo: expected w8 or fp32 for cpu (made by convert --dtype), found fp32 for webgpu and wasm, q8 for no device",
    );
  });
});
