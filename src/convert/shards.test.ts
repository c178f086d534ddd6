import { describe, expect, it } from "vitest";
import { MAX_SHARD_BYTES, Shards } from "./shards";

const weight = (byteLength: number, fill = 1) => ({
  byteLength,
  read: async () => new Uint8Array(byteLength).fill(fill),
});

async function bytesOf(shards: Shards, name: string): Promise<number[]> {
  const bytes: number[] = [];
  for await (const part of shards.read(name)) bytes.push(...part);
  return bytes;
}

describe("Shards", () => {
  it("aligns weights and gives one key one place", async () => {
    const shards = new Shards("model.onnx");
    expect(shards.place("a", weight(3, 7))).toEqual({ location: "model.onnx_data", offset: 0, length: 3 });
    expect(shards.place("b", weight(2, 9))).toEqual({ location: "model.onnx_data", offset: 64, length: 2 });
    expect(shards.place("a", weight(3))).toEqual({ location: "model.onnx_data", offset: 0, length: 3 });
    expect(await bytesOf(shards, "model.onnx_data")).toEqual([7, 7, 7, ...new Array(61).fill(0), 9, 9]);
  });

  it("starts a new file when one is full, as transformers.js names them", () => {
    const shards = new Shards("model.onnx");
    shards.place("a", weight(MAX_SHARD_BYTES - 64));
    shards.place("b", weight(65));
    shards.place("c", weight(MAX_SHARD_BYTES));
    expect(shards.names).toEqual(["model.onnx_data", "model.onnx_data_1", "model.onnx_data_2"]);
  });

  it("throws for a weight that no file may hold", () => {
    expect(() => new Shards("model.onnx").place("a", weight(MAX_SHARD_BYTES + 1))).toThrow(
      "weight of 45000001 bytes: expected at most 45000000",
    );
  });

  it("throws for a weight that is not as long as it said", async () => {
    const shards = new Shards("model.onnx");
    shards.place("a", { byteLength: 4, read: async () => new Uint8Array(5) });
    await expect(bytesOf(shards, "model.onnx_data")).rejects.toThrow("expected 4 bytes at 0, got 5");
  });
});
