import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CachedFile } from "../shared/file-cache";
import { parseManifest } from "../shared/manifest";
import { groupFiles, ownHashes, sharedWith } from "./stored-groups";

const text = readFileSync(join(import.meta.dirname, "../../public/models/demo/reward.json"), "utf8");
const demo = parseManifest(text);
const q8 = demo.artifacts.find(({ dtype }) => dtype === "q8")!;
const tokenizer: CachedFile = demo.files.find(({ path }) => path === "tokenizer.json")!;
const graph: CachedFile = q8.graphs[0]!;
const weights: CachedFile = q8.weights[0]!;

/** Another model with the same tokenizer. */
const otherText = JSON.stringify({
  ...demo,
  name: "Another",
  artifacts: [{ ...q8, graphs: [{ ...q8.graphs[0]!, sha256: "a".repeat(64) }], weights: [] }],
});
const otherGraph: CachedFile = { ...graph, sha256: "a".repeat(64) };

const runtime: CachedFile = { path: "ort-wasm-simd-threaded-x.wasm", bytes: 14, sha256: "b".repeat(64) };
const forgotten: CachedFile = { path: "onnx/model.onnx", bytes: 9, sha256: "c".repeat(64) };

const files = [weights, runtime, tokenizer, graph, forgotten, otherGraph];
const manifests = [
  { url: "https://one.example/demo/reward.json", text },
  { url: "https://one.example/bad/reward.json", text: "{" },
  { url: "https://one.example/another/reward.json", text: otherText },
];

describe("groupFiles", () => {
  it("gives each model its files, and tells the others apart", () => {
    const groups = groupFiles(files, manifests);
    expect(groups.map(({ kind, name, files }) => [kind, name, files])).toEqual([
      ["model", "Another", [tokenizer, otherGraph]],
      ["model", demo.name, [weights, tokenizer, graph]],
      ["runtime", "", [runtime]],
      ["other", "", [forgotten]],
    ]);
  });

  it("has no groups where nothing is kept", () => {
    expect(groupFiles([], manifests)).toEqual([]);
  });
});

describe("sharedWith", () => {
  it("names the other models that have a file", () => {
    const groups = groupFiles(files, manifests);
    expect(sharedWith(tokenizer, groups[1]!, groups)).toEqual(["Another"]);
    expect(sharedWith(weights, groups[1]!, groups)).toEqual([]);
  });
});

describe("ownHashes", () => {
  it("leaves what another model needs", () => {
    const groups = groupFiles(files, manifests);
    expect(ownHashes(groups[1]!, groups)).toEqual([weights.sha256, graph.sha256]);
    expect(ownHashes(groups[2]!, groups)).toEqual([runtime.sha256]);
  });
});
