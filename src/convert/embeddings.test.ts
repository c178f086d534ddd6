import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, describe, expect, it } from "vitest";
import { pseudoRandom } from "../../test/kernel-case";
import { blockWeights } from "./block-weights";
import { floatWeights } from "./float-weights";
import { GraphBuilder } from "./graph-builder";
import { int8Weights } from "./int8-weights";
import { encodeOnnx, OnnxType } from "./onnx";
import { Shards } from "./shards";
import type { WeightFormat } from "./weight-format";

/** 768 columns are six blocks of 128; each row is of another size, so that a scale of another row shows. */
const [ROWS, COLUMNS] = [5, 768];
const random = pseudoRandom(1);
const TABLE = Float32Array.from(
  { length: ROWS * COLUMNS },
  (_, at) => random() * 2 ** Math.floor(at / COLUMNS) * (1 + Math.floor((at % COLUMNS) / 128)),
);
const IDS = [
  [4, 0, 3],
  [1, 1, 2],
];

/** Largest error of a number, as a share of the largest of its block. */
const FORMATS: [string, WeightFormat, number][] = [
  ["fp32", floatWeights(OnnxType.float), 0],
  ["w8", blockWeights(8, OnnxType.float), 0.51 / 127],
  ["q8", int8Weights, 0.51 / 127],
];

const folder = mkdtempSync(join(tmpdir(), "embeddings-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("embedding", () => {
  it.each(FORMATS)("looks up the rows of the ids in %s", async (_, format, allowed) => {
    const { dims, data } = await lookUp(format);
    expect(dims).toEqual([2, 3, COLUMNS]);
    for (const [at, id] of IDS.flat().entries()) {
      for (let start = 0; start < COLUMNS; start += 128) {
        const expected = TABLE.subarray(id * COLUMNS + start, id * COLUMNS + start + 128);
        const found = data.subarray(at * COLUMNS + start, at * COLUMNS + start + 128);
        const largest = Math.max(...expected.map(Math.abs));
        const worst = Math.max(...found.map((value, column) => Math.abs(value - expected[column]!)));
        expect(worst / largest).toBeLessThanOrEqual(allowed);
      }
    }
  });
});

async function lookUp(format: WeightFormat) {
  const shards = new Shards("table.onnx");
  const graph = new GraphBuilder(shards);
  const table = { name: "table", dtype: "F32", shape: [ROWS, COLUMNS], read: async () => TABLE };
  const rows = format.embedding(graph, table, "ids");
  const identity = { op: "Identity", domain: "", inputs: [rows], outputs: ["rows"], attributes: {} };
  const model = encodeOnnx({
    name: "embedding",
    nodes: [...graph.nodes, identity],
    initializers: graph.initializers,
    inputs: [{ name: "ids", type: OnnxType.int64, dims: ["batch", "sequence"] }],
    outputs: [{ name: "rows", type: OnnxType.float, dims: ["batch", "sequence", COLUMNS] }],
    opsets: { "": 17, "com.microsoft": 1 },
  });
  const parts: Uint8Array[] = [];
  for await (const part of shards.read(shards.names[0]!)) parts.push(part);
  writeFileSync(join(folder, shards.names[0]!), Buffer.concat(parts));
  writeFileSync(join(folder, "table.onnx"), model);
  const session = await InferenceSession.create(join(folder, "table.onnx"));
  const ids = new Tensor("int64", BigInt64Array.from(IDS.flat(), BigInt), [IDS.length, IDS[0]!.length]);
  const found = (await session.run({ ids })).rows!;
  return { dims: found.dims, data: found.data as Float32Array };
}
