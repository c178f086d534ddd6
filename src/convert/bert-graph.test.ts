import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, describe, expect, it } from "vitest";
import { errorOf, FIXTURES, openFixture, readFixturePairs, spreadOf } from "../../test/fixture";
import { BATCH_TOLERANCE, TOLERANCE } from "../shared/tolerance";
import { ARTIFACT_RECIPES, type ArtifactRecipe } from "./artifacts";
import type { Linear } from "./bert";
import { buildBertGraph, type GraphForm, planBertGraph } from "./bert-graph";
import { openCheckpoint } from "./open-checkpoint";
import { readBert } from "./read-bert";
import { Shards } from "./shards";

/**
 * What onnxruntime-node computes exactly. Its int8 products saturate on some CPUs, so q8 is judged in
 * Chromium; 4 bits are too few for random weights, so q4f16 is judged by `convert`.
 */
const NATIVE_RECIPES = ARTIFACT_RECIPES.filter(({ dtype }) => dtype !== "q8" && dtype !== "q4f16");

const folder = mkdtempSync(join(tmpdir(), "bert-graph-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(FIXTURES)("buildBertGraph on %s", (name) => {
  describe.each(NATIVE_RECIPES)("$dtype", (recipe) => {
    it.each(["plain", "fused"] as const)("agrees with the reference: %s", async (form) => {
      const pairs = readFixturePairs(name);
      const session = await openSession(name, recipe, form);
      const single: number[] = [];
      for (const { ids } of pairs) single.push(...(await run(session, [ids])));
      expect(single).toHaveLength(pairs.length);
      const { worst, mean } = errorOf(pairs, single);
      expect(worst).toBeLessThanOrEqual(TOLERANCE[recipe.dtype].worst);
      expect(mean).toBeLessThanOrEqual(TOLERANCE[recipe.dtype].mean);

      const batched = await run(
        session,
        pairs.map(({ ids }) => ids),
      );
      for (const [index, reward] of single.entries()) {
        expect(Math.abs(batched[index]! - reward)).toBeLessThanOrEqual(BATCH_TOLERANCE * spreadOf(pairs));
      }
    });
  });
});

describe("buildBertGraph", () => {
  it("gives two forms over the very same shards", async () => {
    const bert = await openBert("bert-seqcls");
    const recipe = ARTIFACT_RECIPES.find(({ dtype }) => dtype === "w8")!;
    const shards = new Shards("model_w8.onnx");
    buildBertGraph(bert, recipe.format, "fused", shards);
    const fused = await contents(shards);
    buildBertGraph(bert, recipe.format, "plain", shards);
    expect((await contents(shards)).equals(fused)).toBe(true);
  });
});

describe("planBertGraph", () => {
  it("keeps attention in 8 bits in the first half of a 4-bit model's layers", async () => {
    const bert = await openBert("bert-seqcls");
    const { format } = ARTIFACT_RECIPES.find(({ dtype }) => dtype === "q4f16")!;
    const { nodes } = planBertGraph(bert, format, "plain", new Shards("model_q4f16.onnx"));
    const bits = new Map(
      nodes.filter(({ op }) => op === "MatMulNBits").map((node) => [node.inputs[1]!, node.attributes.bits]),
    );
    for (const [index, layer] of bert.layers.entries()) {
      const early = index < bert.layers.length / 2;
      const of = ({ weight }: Linear) => {
        const [values] = [...bits.keys()].filter((name) => name.includes(weight.name));
        return bits.get(values!);
      };
      const attention = [layer.query, layer.key, layer.value, layer.attentionOutput].map(of);
      expect(attention).toEqual(Array(4).fill({ int: early ? 8 : 4 }));
      expect([layer.intermediate, layer.output].map(of)).toEqual(Array(2).fill({ int: 4 }));
    }
  });
});

async function openBert(name: string) {
  const { config, tensors } = await openCheckpoint(await openFixture(name));
  return readBert(config, tensors);
}

async function openSession(name: string, recipe: ArtifactRecipe, form: GraphForm) {
  const shards = new Shards(`${recipe.fileName}.onnx`);
  const graph = buildBertGraph(await openBert(name), recipe.format, form, shards);
  writeFileSync(join(folder, shards.names[0]!), await contents(shards));
  writeFileSync(join(folder, "graph.onnx"), graph);
  return InferenceSession.create(join(folder, "graph.onnx"));
}

async function contents(shards: Shards): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (const name of shards.names) for await (const part of shards.read(name)) parts.push(part);
  return Buffer.concat(parts);
}

/** Right-padded, with zeros in the mask over the padding. */
async function run(session: InferenceSession, rows: readonly number[][]): Promise<number[]> {
  const length = Math.max(...rows.map((row) => row.length));
  const ids = new BigInt64Array(rows.length * length);
  const mask = new BigInt64Array(rows.length * length);
  for (const [index, row] of rows.entries()) {
    ids.set(row.map(BigInt), index * length);
    mask.fill(1n, index * length, index * length + row.length);
  }
  const tensor = (data: BigInt64Array) => new Tensor("int64", data, [rows.length, length]);
  const { logits } = await session.run({ input_ids: tensor(ids), attention_mask: tensor(mask) });
  return Array.from(logits!.data as Float32Array);
}
