import { describe, expect, it } from "vitest";
import { ByteSink } from "./byte-sink";

const sink = (bytes: number) => new ByteSink({ path: "a.bin", bytes, sha256: "" });
const block = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251);

describe("ByteSink", () => {
  it("gives the bytes of all chunks, and has room for no more", () => {
    const whole = block(5_000_000);
    const filled = sink(whole.length);
    for (let at = 0; at < whole.length; at += 700_000) filled.write(whole.subarray(at, at + 700_000));
    expect(filled.complete).toBe(true);
    expect(Buffer.compare(filled.bytes, whole)).toBe(0);
    expect(filled.bytes.buffer.byteLength).toBe(whole.length);
    expect(() => filled.write(Uint8Array.of(0))).toThrow(
      "a.bin: expected 5000000 bytes, got at least 5000001",
    );
  });

  it("takes a megabyte on a manifest's word, and twice what has arrived", () => {
    const huge = sink(2 ** 40);
    expect(huge.bytes.length).toBe(1_000_000);
    huge.write(block(3_000_000));
    expect(huge.bytes.length).toBe(3_000_000);
    huge.write(Uint8Array.of(1));
    expect(huge.bytes.length).toBe(6_000_000);
  });

  it("starts over in the memory that it has", () => {
    const restarted = sink(3);
    restarted.write(Uint8Array.of(9, 9));
    restarted.restart();
    restarted.write(Uint8Array.of(1, 2, 3));
    expect([...restarted.bytes]).toEqual([1, 2, 3]);
  });
});
