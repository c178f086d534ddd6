import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openFixture } from "../../test/fixture";
import type { Golden } from "../shared/manifest";
import { parseManifest } from "../shared/manifest";
import { BACKEND_TOLERANCE } from "../shared/tolerance";
import type { CheckpointFiles } from "./checkpoint";
import { completeManifest, convertCheckpoint } from "./convert";

const ALL = ["q8", "w8", "fp16", "q4f16", "fp32"] as const;

const GOLDENS: Golden[] = [
  { prompt: "a", response: "b", reward: -1, tokens: 5 },
  { prompt: "c", response: "d", reward: 3, tokens: 5 },
];

/** Convert into memory. */
async function convert(
  name: string,
  dtypes: readonly (typeof ALL)[number][] = ALL,
  changed?: CheckpointFiles,
) {
  const files = changed ?? (await openFixture(name));
  const written = new Map<string, Buffer>();
  const target = {
    async write(path: string, parts: AsyncIterable<Uint8Array>) {
      const buffers: Uint8Array[] = [];
      for await (const part of parts) buffers.push(part);
      written.set(path, Buffer.concat(buffers));
    },
    async remove(path: string) {
      written.delete(path);
    },
  };
  const draft = await convertCheckpoint(files, { name, repository: `test/${name}`, dtypes }, target);
  return { draft, written };
}

describe("convertCheckpoint", () => {
  it("reads no more tokens than the tokenizer or the positions allow", async () => {
    const files = await openFixture("bert-seqcls");
    const { draft } = await convert("bert-seqcls", ["fp32"]);
    expect(draft.template.maxTokens).toBe(512);
    const config = JSON.parse(await files.get("tokenizer_config.json")!.text());
    const short = { ...config, model_max_length: 64 };
    const cut = new Map(files).set("tokenizer_config.json", new Blob([JSON.stringify(short)]));
    expect((await convert("bert-seqcls", ["fp32"], cut)).draft.template.maxTokens).toBe(64);
  });

  it("states the size and hash of every file it wrote, and of nothing else", async () => {
    const { draft, written } = await convert("bert-seqcls");
    const stated = [
      ...draft.files,
      ...draft.artifacts.flatMap(({ graphs, weights }) => [...graphs, ...weights]),
    ];
    expect(stated.map(({ path }) => path).sort()).toEqual([...written.keys()].sort());
    for (const { path, bytes, sha256 } of stated) {
      expect(written.get(path)!.length).toBe(bytes);
      expect(createHash("sha256").update(written.get(path)!).digest("hex")).toBe(sha256);
    }
  });

  it("gives the same bytes for the same checkpoint", async () => {
    const [first, second] = [await convert("bert-reward"), await convert("bert-reward")];
    expect(first.draft).toEqual(second.draft);
    for (const [path, bytes] of first.written) expect(second.written.get(path)!.equals(bytes)).toBe(true);
  });

  it("gives the same weights from safetensors and from a pickle", async () => {
    const safetensors = await convert("bert-reward", ["fp32"]);
    const pickle = await convert("bert-reward-bin", ["fp32"]);
    const weights = (of: typeof pickle) => of.written.get("onnx/model.onnx_data")!;
    expect(weights(pickle).equals(weights(safetensors))).toBe(true);
  });

  it("keeps graphs small and only makes the dtypes asked for", async () => {
    const { draft, written } = await convert("bert-seqcls", ["w8"]);
    expect(draft.artifacts.map(({ dtype }) => dtype)).toEqual(["w8"]);
    for (const { path } of draft.artifacts[0]!.graphs) expect(written.get(path)!.length).toBeLessThan(50_000);
  });

  it("writes a config.json that transformers.js takes for a BERT with one label", async () => {
    const { written } = await convert("bert-reward", ["q8", "fp32"]);
    const config = JSON.parse(written.get("config.json")!.toString());
    expect(config).toMatchObject({
      model_type: "bert",
      architectures: ["BertForSequenceClassification"],
      id2label: { 0: "LABEL_0" },
      "transformers.js_config": {
        use_external_data_format: { "model.onnx": 1, "model_fused.onnx": 1, "model_quantized.onnx": 1 },
      },
    });
    expect(config).not.toHaveProperty("auto_map");
  });
});

describe("completeManifest", () => {
  it("makes a manifest that can be read back, its tolerances shares of the goldens' spread", async () => {
    const { draft } = await convert("bert-seqcls", ["q8", "fp32"]);
    const manifest = completeManifest(draft, GOLDENS, [
      { rewards: [-1.25, 3], maxError: 0.25 },
      { rewards: [-1, 3], maxError: 0 },
    ]);
    expect(parseManifest(JSON.stringify(manifest))).toEqual(manifest);
    expect(manifest.artifacts).toMatchObject([
      { rewards: [-1.25, 3], maxError: 0.25, tolerance: BACKEND_TOLERANCE.q8 * 4 },
      { rewards: [-1, 3], maxError: 0, tolerance: BACKEND_TOLERANCE.fp32 * 4 },
    ]);
  });

  it("throws for an artifact that did not score every golden", async () => {
    const { draft } = await convert("bert-seqcls", ["fp32"]);
    const manifest = completeManifest(draft, GOLDENS, [{ rewards: [-1], maxError: 0 }]);
    expect(() => parseManifest(JSON.stringify(manifest))).toThrow(
      "expected one of the rewards for each golden",
    );
  });
});
