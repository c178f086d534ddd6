import type { Manifest } from "../shared/manifest";
import { artifactFiles } from "./artifact-files";
import type { Capabilities } from "./capabilities";
import { planCandidates } from "./plan";
import type { RuntimeBuild } from "./runtime-files";

/** A GPU of which nothing more is known than that it is there. */
const PLAIN_GPU: Capabilities = {
  gpu: { adapter: "", software: false, features: [], subgroupSizes: undefined },
  jspi: true,
  crossOriginIsolated: false,
  cores: 1,
  oneThread: false,
};

/**
 * What a first load fetches with each build of ONNX Runtime, in bytes: that build, and the model for it.
 *
 * @param runtimeBytes of each build as it is sent
 */
export function downloadBytes(
  manifest: Manifest,
  runtimeBytes: Record<RuntimeBuild, number>,
): Record<RuntimeBuild, number> {
  const bytes = (build: RuntimeBuild) => {
    const device = build === "plain" ? "wasm" : "webgpu";
    const { artifact } = planCandidates(PLAIN_GPU, manifest, device).candidates[0]!;
    return artifactFiles(manifest, artifact).reduce((sum, file) => sum + file.bytes, runtimeBytes[build]);
  };
  return { plain: bytes("plain"), jspi: bytes("jspi"), asyncify: bytes("asyncify") };
}
