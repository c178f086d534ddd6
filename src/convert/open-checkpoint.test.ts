import { describe, expect, it } from "vitest";
import { FIXTURES, openFixture } from "../../test/fixture";
import { f32, safetensorsFile } from "../../test/safetensors-file";
import type { CheckpointFiles } from "./checkpoint";
import { openCheckpoint } from "./open-checkpoint";

const json = (value: unknown) => new Blob([JSON.stringify(value)]);
const files = (entries: Record<string, Blob>): CheckpointFiles => new Map(Object.entries(entries));
const config = json({ model_type: "bert" });

function sharded(weightMap: Record<string, string>, shards: Record<string, Blob>): CheckpointFiles {
  return files({
    "config.json": config,
    "model.safetensors.index.json": json({ metadata: {}, weight_map: weightMap }),
    ...shards,
  });
}

describe("openCheckpoint", () => {
  it("prefers safetensors to pickle", async () => {
    const { config: parsed, weightFiles } = await openCheckpoint(
      files({
        "config.json": config,
        "pytorch_model.bin": new Blob([]),
        "model.safetensors": safetensorsFile({ a: f32(1) }),
      }),
    );
    expect(parsed).toEqual({ model_type: "bert" });
    expect(weightFiles).toEqual(["model.safetensors"]);
  });

  it("reads shards by their index", async () => {
    const { tensors, weightFiles } = await openCheckpoint(
      sharded(
        { a: "two.safetensors", b: "one.safetensors" },
        {
          "one.safetensors": safetensorsFile({ b: f32(2) }),
          "two.safetensors": safetensorsFile({ a: f32(1), unlisted: f32(3) }),
        },
      ),
    );
    expect(weightFiles).toEqual(["one.safetensors", "two.safetensors"]);
    expect([...tensors.keys()]).toEqual(["a", "b"]);
    expect([...(await tensors.get("b")!.read())]).toEqual([2]);
  });

  it.each(FIXTURES)("opens %s", async (name) => {
    const { tensors } = await openCheckpoint(await openFixture(name));
    expect(tensors.get("bert.embeddings.word_embeddings.weight")?.shape).toEqual([3000, 64]);
  });

  it("reads the same values from a pickle and from safetensors", async () => {
    const [bin, safe] = await Promise.all(
      ["bert-reward-bin", "bert-reward"].map(async (name) => openCheckpoint(await openFixture(name))),
    );
    expect([...bin!.tensors.keys()].sort()).toEqual([...safe!.tensors.keys()].sort());
    for (const [name, tensor] of bin!.tensors) {
      expect(tensor.shape).toEqual(safe!.tensors.get(name)!.shape);
      if (tensor.dtype === "I64") continue;
      const [values, expected] = await Promise.all([tensor.read(), safe!.tensors.get(name)!.read()]);
      expect(values.length).toBe(expected.length);
      expect(values.every((value, i) => value === expected[i])).toBe(true);
    }
  });

  it.each<[string, CheckpointFiles, string]>([
    ["an empty folder", files({}), "checkpoint: expected config.json, found nothing"],
    [
      "a folder without weights",
      files({ "config.json": config, "tf_model.h5": new Blob([]) }),
      "checkpoint: expected model.safetensors or pytorch_model.bin, found config.json, tf_model.h5",
    ],
    ["a config that is not JSON", files({ "config.json": new Blob(["{"]) }), "config.json: not JSON"],
    [
      "a config that is a list",
      files({ "config.json": json([]) }),
      "config.json: expected an object, found Array",
    ],
    [
      "a missing shard",
      sharded({ a: "one.safetensors" }, {}),
      "model.safetensors.index.json: expected one.safetensors, found config.json, model.safetensors.index.json",
    ],
    [
      "a shard outside the folder",
      sharded({ a: "../one.safetensors" }, { "../one.safetensors": safetensorsFile({ a: f32(1) }) }),
      'model.safetensors.index.json: expected a file of this folder, found "../one.safetensors"',
    ],
    [
      "a tensor that its shard lacks",
      sharded({ a: "one.safetensors" }, { "one.safetensors": safetensorsFile({ b: f32(1) }) }),
      'one.safetensors: tensor "a" is in model.safetensors.index.json but not in the file',
    ],
    [
      "an index without a weight map",
      files({ "config.json": config, "pytorch_model.bin.index.json": json({}) }),
      'pytorch_model.bin.index.json: weight_map: expected "weight_map", found undefined',
    ],
  ])("throws for %s", async (_, folder, message) => {
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ code: "malformed-checkpoint", message });
  });
});
