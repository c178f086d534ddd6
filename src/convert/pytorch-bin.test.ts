import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { global, int, pickle, stateDict, tensor, tuple, unicode } from "../../test/pickle-bytes";
import { openPytorchBin } from "./pytorch-bin";

const NAME = "pytorch_model.bin";

function archive(entries: Record<string, Uint8Array>): Blob {
  return new Blob([zipSync(entries, { level: 0 }) as Uint8Array<ArrayBuffer>]);
}

/** An archive with one storage, `data/0`. */
function bin(dataPkl: Uint8Array, storage = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer)): Blob {
  return archive({ "m/data.pkl": dataPkl, "m/data/0": storage, "m/version": Uint8Array.of(0x33) });
}

const sixValues = { valueCount: 6, shape: [2, 3], strides: [3, 1] };
const open = (file: Blob) => openPytorchBin(file, NAME);

describe("openPytorchBin", () => {
  it("reads tensors that share a storage", async () => {
    const tensors = await open(
      bin(
        stateDict({
          all: tensor(sixValues),
          tail: tensor({ valueCount: 6, offset: 4, shape: [2, 1], strides: [1, 7] }),
          scalar: tensor({ valueCount: 6, offset: 5, shape: [], strides: [] }),
          empty: tensor({ valueCount: 6, offset: 6, shape: [0, 3], strides: [9, 9] }),
        }),
      ),
    );
    expect(tensors.get("all")).toMatchObject({ name: "all", shape: [2, 3], dtype: "F32" });
    expect([...(await tensors.get("all")!.read())]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(await tensors.get("tail")!.read())]).toEqual([5, 6]);
    expect([...(await tensors.get("scalar")!.read())]).toEqual([6]);
    expect(await tensors.get("empty")!.read()).toHaveLength(0);
  });

  it.each([
    ["HalfStorage", "F16", [0x00, 0x3c, 0x00, 0xc0]],
    ["BFloat16Storage", "BF16", [0x80, 0x3f, 0x00, 0xc0]],
  ])("reads %s as %s", async (storage, dtype, bytes) => {
    const file = bin(
      stateDict({ w: tensor({ storage, valueCount: 2, shape: [2], strides: [1] }) }),
      Uint8Array.from(bytes),
    );
    const w = (await open(file)).get("w")!;
    expect(w.dtype).toBe(dtype);
    expect([...(await w.read())]).toEqual([1, -2]);
  });

  it("reads a parameter", async () => {
    const parameter = [
      ...global("torch._utils", "_rebuild_parameter"),
      ...tuple(tensor(sixValues), [0x88], [0x4e]),
      0x52,
    ];
    expect((await open(bin(stateDict({ p: parameter })))).get("p")!.shape).toEqual([2, 3]);
  });

  it("opens a file with integers, and throws when they are read", async () => {
    const ids = tensor({ storage: "LongStorage", valueCount: 3, shape: [3], strides: [1] });
    const tensors = await open(bin(stateDict({ ids }), new Uint8Array(24)));
    await expect(tensors.get("ids")!.read()).rejects.toMatchObject({
      code: "unsupported-dtype",
      message: 'pytorch_model.bin: tensor "ids": expected F32, F16, BF16, found I64',
    });
  });

  it("throws for a value that is NaN", async () => {
    const file = bin(
      stateDict({ w: tensor({ valueCount: 1, shape: [1], strides: [1] }) }),
      new Uint8Array(Float32Array.of(Number.NaN).buffer),
    );
    await expect((await open(file)).get("w")!.read()).rejects.toMatchObject({
      code: "malformed-checkpoint",
      message: 'pytorch_model.bin: tensor "w": expected finite values, found NaN at index 0',
    });
  });

  const sound = stateDict({ w: tensor(sixValues) });

  it.each<[string, Blob, string]>([
    [
      "an empty file",
      new Blob([]),
      ": expected a zip archive, as PyTorch writes since 1.6, found bytes none",
    ],
    [
      "a file of PyTorch before 1.6",
      new Blob([pickle(0x8a, 10, [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19], ".")]),
      ": expected a zip archive, as PyTorch writes since 1.6, found a bare pickle, as PyTorch wrote before 1.6",
    ],
    [
      "something else",
      new Blob(["<html>"]),
      ": expected a zip archive, as PyTorch writes since 1.6, found bytes 3c 68 74 6d",
    ],
    ["a file cut off", bin(sound).slice(0, 500), ": zip archive is cut off: found no end record"],
    [
      "an archive without a pickle",
      archive({ "m/x": new Uint8Array() }),
      ": expected one data.pkl, found none",
    ],
    [
      "an archive with two pickles",
      archive({ "m/data.pkl": sound, "n/data.pkl": sound }),
      ": expected one data.pkl, found 2",
    ],
    [
      "big-endian values",
      archive({ "m/data.pkl": sound, "m/byteorder": new TextEncoder().encode("big") }),
      ": byteorder: expected little, found big",
    ],
    [
      "a pickle that wants os.system",
      bin(pickle(global("os", "system"), tuple(unicode("echo")), "R.")),
      ": pickle wants os.system, which a state dict never needs",
    ],
    ["a pickle that is a number", bin(pickle(int(1), ".")), ": state dict: expected Map, found 1"],
    ["a state dict of numbers", bin(stateDict({ w: int(1) })), ": state dict: w: expected Object, found 1"],
    [
      "a call of a storage class",
      bin(stateDict({ w: [...global("torch", "FloatStorage"), 0x29, 0x52] })),
      ': storage class: expected never, found "a call"',
    ],
    [
      "a persistent id that is no storage",
      bin(stateDict({ w: [...unicode("x"), 0x51] })),
      ': persistent id: expected Array, found "x"',
    ],
    [
      "a storage of another class",
      bin(stateDict({ w: tensor({ ...sixValues, storage: "QInt8Storage" }) })),
      ": pickle wants torch.QInt8Storage, which a state dict never needs",
    ],
    [
      "a negative size",
      bin(stateDict({ w: tensor({ valueCount: 6, shape: [-2], strides: [1] }) })),
      ": tensor: 2.0: expected >=0, found -2",
    ],
    [
      "a transposed tensor",
      bin(stateDict({ w: tensor({ valueCount: 6, shape: [3, 2], strides: [1, 3] }) })),
      ": tensor of shape [3, 2]: expected strides [2, 1], found [1, 3]",
    ],
    [
      "a shape of many axes",
      bin(stateDict({ w: tensor({ valueCount: 6, shape: Array(65).fill(1), strides: Array(65).fill(1) }) })),
      ": tensor: 2: expected a list of at most 64, found Array",
    ],
    [
      "a storage that is not in the archive",
      bin(stateDict({ w: tensor({ ...sixValues, key: "../0" }) })),
      ': tensor "w": expected storage data/../0, found no such entry',
    ],
    [
      "a storage of another length",
      bin(sound, new Uint8Array(20)),
      ': tensor "w": storage data/0: expected 6 F32 values, found 20 bytes',
    ],
    [
      "a tensor beyond its storage",
      bin(stateDict({ w: tensor({ ...sixValues, offset: 1 }) })),
      ': tensor "w" spans values [1, 7), storage data/0 has 6',
    ],
  ])("throws for %s", async (_, file, message) => {
    await expect(open(file)).rejects.toMatchObject({
      code: "malformed-pickle",
      message: `${NAME}${message}`,
    });
  });
});
