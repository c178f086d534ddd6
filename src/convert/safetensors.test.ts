import { describe, expect, it } from "vitest";
import { f32, safetensorsBytes, safetensorsFile } from "../../test/safetensors-file";
import { openSafetensors } from "./safetensors";

const open = (file: Blob) => openSafetensors(file, "m.safetensors");
const f32Entry = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
  dtype: "F32",
  shape,
  data_offsets: [begin, end],
});

describe("openSafetensors", () => {
  it("reads F32, F16 and BF16 as fp32", async () => {
    const tensors = await open(
      safetensorsFile({
        a: f32(1, -2),
        b: { dtype: "F16", shape: [2, 1], bytes: Uint8Array.of(0x00, 0x3c, 0x00, 0xc0) },
        c: { dtype: "BF16", shape: [], bytes: Uint8Array.of(0x40, 0xc0) },
      }),
    );
    expect([...tensors.keys()]).toEqual(["a", "b", "c"]);
    expect([...(await tensors.get("a")!.read())]).toEqual([1, -2]);
    expect([...(await tensors.get("b")!.read())]).toEqual([1, -2]);
    expect([...(await tensors.get("c")!.read())]).toEqual([-3]);
    expect(tensors.get("b")).toMatchObject({ name: "b", dtype: "F16", shape: [2, 1] });
  });

  it("takes tensors in any order, empty ones and metadata", async () => {
    const header = {
      __metadata__: { format: "pt" },
      b: f32Entry(4, 12),
      empty: f32Entry(4, 4),
      a: f32Entry(0, 4),
    };
    const tensors = await open(safetensorsBytes(header, new Uint8Array(12)));
    expect([...tensors.keys()]).toEqual(["b", "empty", "a"]);
    expect(await tensors.get("empty")!.read()).toHaveLength(0);
  });

  it("opens a file with a dtype it cannot read, and throws when that is read", async () => {
    const tensors = await open(
      safetensorsFile({ ids: { dtype: "I64", shape: [1], bytes: new Uint8Array(8) } }),
    );
    await expect(tensors.get("ids")!.read()).rejects.toMatchObject({
      code: "unsupported-dtype",
      message: 'm.safetensors: tensor "ids": expected F32, F16, BF16, found I64',
    });
  });

  it.each([Number.NaN, Infinity, -Infinity])("throws for a value that is %s", async (value) => {
    const tensors = await open(safetensorsFile({ w: f32(0, value) }));
    await expect(tensors.get("w")!.read()).rejects.toMatchObject({
      code: "malformed-checkpoint",
      message: `m.safetensors: tensor "w": expected finite values, found ${value} at index 1`,
    });
  });

  it.each<[string, Blob, string]>([
    ["an empty file", new Blob([]), "expected an 8-byte header length, found 0 bytes"],
    [
      "a header length beyond the limit",
      new Blob([BigUint64Array.of(4_000_001n)]),
      "header length: expected at most 4000000, found 4000001",
    ],
    [
      "a header length beyond 2^53",
      new Blob([BigUint64Array.of(2n ** 64n - 1n)]),
      "header length: expected at most 4000000, found 18446744073709551615",
    ],
    [
      "a header that is cut off",
      safetensorsBytes({ a: f32Entry(0, 4) }).slice(0, 20),
      "header of 54 bytes: file ends after 12",
    ],
    ["a header that is not JSON", safetensorsBytes('{"a": '), "header: not JSON"],
    [
      "a header that is not UTF-8",
      new Blob([BigUint64Array.of(2n), Uint8Array.of(0xff, 0x7d)]),
      "header: not UTF-8",
    ],
    ["a header that is a list", safetensorsBytes("[]"), "header: expected a JSON object at its first byte"],
    [
      "a header after white space",
      safetensorsBytes(" {}"),
      "header: expected a JSON object at its first byte",
    ],
    [
      "a tensor listed twice",
      safetensorsBytes(
        '{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}',
      ),
      'header: "a" is listed twice',
    ],
    ["an entry that is no object", safetensorsBytes({ a: 3 }), 'tensor "a": expected Object, found 3'],
    [
      "a fractional size",
      safetensorsBytes({ a: f32Entry(0, 4, [0.5]) }),
      'tensor "a": shape.0: expected an integer, found 0.5',
    ],
    [
      "a negative offset",
      safetensorsBytes({ a: { dtype: "F32", shape: [1], data_offsets: [-4, 0] } }),
      'tensor "a": data_offsets.0: expected >=0, found -4',
    ],
    [
      "a wrong byte length",
      safetensorsBytes({ a: f32Entry(0, 8, [3]) }, new Uint8Array(8)),
      'tensor "a": F32 [3]: expected 12 bytes, found 8',
    ],
    [
      "a shape whose size overflows",
      safetensorsBytes({ a: f32Entry(0, 4, [2 ** 40, 2 ** 40]) }, new Uint8Array(4)),
      'tensor "a": F32 [1099511627776, 1099511627776]: expected 4.835703278458517e+24 bytes, found 4',
    ],
    [
      "overlapping tensors",
      safetensorsBytes({ a: f32Entry(0, 8), b: f32Entry(4, 12) }, new Uint8Array(12)),
      'tensor "b" overlaps the one before: expected offset 8, found 4',
    ],
    [
      "a gap",
      safetensorsBytes({ a: f32Entry(0, 4), b: f32Entry(8, 12) }, new Uint8Array(12)),
      'tensor "b" leaves a gap: expected offset 4, found 8',
    ],
    [
      "a data section that is cut off",
      safetensorsBytes({ a: f32Entry(0, 8) }, new Uint8Array(7)),
      "data section: expected 8 bytes, found 7",
    ],
    [
      "bytes behind the last tensor",
      safetensorsBytes({ a: f32Entry(0, 8) }, new Uint8Array(9)),
      "data section: expected 8 bytes, found 9",
    ],
  ])("throws for %s", async (_, file, message) => {
    await expect(open(file)).rejects.toMatchObject({
      code: "malformed-safetensors",
      message: `m.safetensors: ${message}`,
    });
  });
});
