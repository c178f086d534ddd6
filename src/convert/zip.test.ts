import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readZip } from "./zip";

const bytes = (text: string) => new TextEncoder().encode(text);
const zip = (entries: Record<string, Uint8Array>, level: 0 | 6 = 0) =>
  zipSync(entries, { level }) as Uint8Array<ArrayBuffer>;
const sample = zip({ "a/one": bytes("first"), "a/two": bytes("second") });
const read = (...parts: (string | Uint8Array<ArrayBuffer>)[]) => readZip(new Blob(parts), "m.bin");

/** A copy with some bytes changed. */
function patched(source: Uint8Array<ArrayBuffer>, at: number, ...values: number[]): Uint8Array<ArrayBuffer> {
  const copy = source.slice();
  copy.set(values, at);
  return copy;
}

const directoryAt = new DataView(sample.buffer).getUint32(sample.length - 22 + 16, true);

describe("readZip", () => {
  it("lists entries and slices their bytes", async () => {
    const entries = await read(sample);
    expect([...entries.values()].map(({ name, bytes }) => [name, bytes])).toEqual([
      ["a/one", 5],
      ["a/two", 6],
    ]);
    expect(await (await entries.get("a/two")!.slice()).text()).toBe("second");
  });

  it("reads behind a comment that looks like an end record", async () => {
    const comment = Uint8Array.of(0x50, 0x4b, 5, 6, ...Array(40).fill(1));
    const entries = await read(patched(sample, sample.length - 2, comment.length), comment);
    expect(entries.size).toBe(2);
  });

  it("reads the 64-bit form", async () => {
    const entries = await read(zip64(bytes("far away"), FAR_AWAY_CRC32));
    expect(await (await entries.get("big")!.slice()).text()).toBe("far away");
  });

  it("reads an empty archive", async () => {
    expect((await read(zip({}))).size).toBe(0);
  });

  it("touches the end of the file and nothing else", async () => {
    const file = new Blob([zip({ weights: new Uint8Array(200_000) })]);
    const starts: number[] = [];
    const slice = file.slice.bind(file);
    file.slice = (start = 0, end = file.size) => {
      starts.push(start);
      return slice(start, end);
    };
    await readZip(file, "m.bin");
    expect(Math.min(...starts)).toBeGreaterThan(100_000);
  });

  it.each<[string, (string | Uint8Array<ArrayBuffer>)[], string]>([
    ["an empty file", [], "zip archive is cut off: found no end record"],
    ["a file cut off in its data", [sample.slice(0, 40)], "zip archive is cut off: found no end record"],
    [
      "a file cut off in its end record",
      [sample.slice(0, -1)],
      "zip archive is cut off: found no end record",
    ],
    [
      "a directory beyond the file",
      [patched(sample, sample.length - 6, 0, 0, 0, 0x7f)],
      `zip directory spans [2130706432, ${2130706432 + sample.length - 22 - directoryAt}), file is ${sample.length} bytes`,
    ],
    [
      "a directory at the wrong place",
      [patched(sample, sample.length - 6, directoryAt - 1)],
      `zip directory: expected an entry at ${directoryAt - 1}, found none`,
    ],
    [
      "fewer entries than announced",
      [patched(sample, sample.length - 12, 3)],
      "zip directory: expected 3 entries, found 2",
    ],
    [
      "an entry name beyond the directory",
      [patched(sample, directoryAt + 28, 0xff)],
      `zip directory: entry at ${directoryAt} is cut off`,
    ],
    [
      "an entry beyond the file",
      [patched(sample, directoryAt + 20, 0, 0, 0, 1, 0, 0, 0, 1)],
      `entry "a/one" spans [0, 16777216), file is ${sample.length} bytes`,
    ],
    [
      "two entries of one name",
      [patched(sample, directoryAt + 46 + 5 + 46 + 2, ...bytes("one"))],
      'entry "a/one" is listed twice',
    ],
    [
      "compressed bytes",
      [zip({ a: new Uint8Array(1000) }, 6)],
      'entry "a": expected stored bytes, found compression method 8',
    ],
    [
      "encrypted bytes",
      [patched(sample, directoryAt + 8, 1)],
      'entry "a/one": expected stored bytes, found encrypted ones',
    ],
  ])("throws for %s", async (_, parts, message) => {
    await expect(read(...parts)).rejects.toMatchObject({
      code: "malformed-pickle",
      message: `m.bin: ${message}`,
    });
  });

  it.each([
    ["whose header is not there", patched(sample, 0, 0), "expected its header at 0, found none"],
    ["whose header names another", patched(sample, 34, 0x45), "found another name in its header at 0"],
    ["of which a bit is turned", patched(sample, 35, 0x67), "expected crc32 9271ee57, found af11c7e7"],
  ])("throws when an entry is read %s", async (_, file, message) => {
    const entries = await read(file);
    await expect(entries.get("a/one")!.slice()).rejects.toMatchObject({
      code: "malformed-pickle",
      message: `m.bin: entry "a/one": ${message}`,
    });
  });
});

const FAR_AWAY_CRC32 = 0x5e57cf07;

/** One entry whose sizes and offset stand in the zip64 field, with 64-bit end records. */
function zip64(content: Uint8Array, crc32: number): Uint8Array<ArrayBuffer> {
  const name = bytes("big");
  const u16 = (value: number) => [value & 0xff, value >> 8];
  const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
  const u64 = (value: number) => [...u32(value), 0, 0, 0, 0];
  const none = 0xffffffff;
  const local = [...u32(0x04034b50), ...Array(22).fill(0), ...u16(3), ...u16(0), ...name, ...content];
  const extra = [
    ...u16(7),
    ...u16(2),
    0,
    0,
    ...u16(1),
    ...u16(24),
    ...u64(content.length),
    ...u64(content.length),
    ...u64(0),
  ];
  const directory = [
    ...[
      ...u32(0x02014b50),
      ...Array(12).fill(0),
      ...u32(crc32),
      ...u32(none),
      ...u32(none),
      ...u16(3),
      ...u16(extra.length),
    ],
    ...[...Array(10).fill(0), ...u32(none), ...name, ...extra],
  ];
  const end64 = [
    ...[...u32(0x06064b50), ...u64(44), ...u32(0), ...u32(0), ...u32(0), ...u64(1), ...u64(1)],
    ...[...u64(directory.length), ...u64(local.length)],
  ];
  const locator = [...u32(0x07064b50), ...u32(0), ...u64(local.length + directory.length), ...u32(1)];
  const end = [
    ...u32(0x06054b50),
    ...u32(0),
    ...u16(0xffff),
    ...u16(0xffff),
    ...u32(none),
    ...u32(none),
    0,
    0,
  ];
  return Uint8Array.from([...local, ...directory, ...end64, ...locator, ...end]);
}
