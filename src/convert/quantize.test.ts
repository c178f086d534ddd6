import { describe, expect, it } from "vitest";
import { quantizeBlocks, quantizeColumns } from "./quantize";

describe("quantizeColumns", () => {
  it("transposes, with one scale per output channel", () => {
    const { values, scales } = quantizeColumns(Float32Array.of(127, -63.5, 0, 2, 1, -1), 2, 3);
    expect([...values]).toEqual(
      [127, 127, -63, 64, 0, -64].map((value, index) => (index === 2 ? -63 : value)),
    );
    expect([...scales]).toEqual([1, Math.fround(2 / 127)]);
  });

  it("gives a channel of zeros the scale 1", () => {
    const { values, scales } = quantizeColumns(new Float32Array(3), 1, 3);
    expect([...values]).toEqual([0, 0, 0]);
    expect([...scales]).toEqual([1]);
  });
});

describe("quantizeBlocks", () => {
  it("fills the last block of a row with the zero point", () => {
    const { values, scales } = quantizeBlocks(Float32Array.of(127, 0, -127, 254, 0, 2), 3, 2, 8);
    expect([...values]).toEqual([255, 128, 1, 128, 255, 128, 255, 128]);
    expect([...scales]).toEqual([1, 1, 2, Math.fround(2 / 127)]);
  });

  it("packs two 4-bit values to a byte, the first in the low half", () => {
    const { values, scales } = quantizeBlocks(Float32Array.of(7, -7, 1, 0), 4, 4, 4);
    expect([...values]).toEqual([0x1f, 0x89]);
    expect([...scales]).toEqual([1]);
  });

  it("finds a 4-bit step with a smaller squared error than the largest magnitude gives", () => {
    const weight = Float32Array.from({ length: 32 }, (_, index) =>
      index === 0 ? 1.3 : Math.sin(index * 12.9898),
    );
    const { values, scales } = quantizeBlocks(weight, 32, 32, 4);
    const found = weight.map((_, at) => (((values[at >> 1]! >> (4 * (at & 1))) & 15) - 8) * scales[0]!);
    const naive = weight.map((value) => Math.round(value / (1.3 / 7)) * (1.3 / 7));
    const error = (restored: Float32Array) =>
      weight.reduce((sum, value, at) => sum + (value - restored[at]!) ** 2, 0);
    expect(error(found)).toBeLessThan(error(naive));
  });

  it("clips what lies beyond the 4-bit steps, and leaves the value beside it alone", () => {
    let clipped = 0;
    for (let block = 0; block < 20; block++) {
      const weight = Float32Array.from({ length: 32 }, (_, at) => Math.sin((32 * block + at) * 12.9898) ** 3);
      const { values, scales } = quantizeBlocks(weight, 32, 32, 4);
      const steps = Array.from(weight, (value) => Math.round(value / scales[0]!));
      const found = [...values].flatMap((byte) => [(byte & 15) - 8, (byte >> 4) - 8]);
      expect(found).toEqual(steps.map((step) => Math.max(-8, Math.min(7, step)) + 0));
      clipped += steps.filter((step) => step > 7).length;
    }
    expect(clipped).toBeGreaterThan(0);
  });

  it("gives the largest 4-bit value of either sign the eighth step", () => {
    for (const sign of [1, -1]) {
      const { values, scales } = quantizeBlocks(Float32Array.of(8 * sign, 7 * -sign, sign, 0), 4, 4, 4);
      const restored = [...values].flatMap((byte) => [byte & 15, byte >> 4]).map((n) => (n - 8) * scales[0]!);
      expect(restored.map((value) => value * sign + 0)).toEqual([8, -7, 1, 0]);
    }
  });

  it("keeps every value within half a step", () => {
    const weight = Float32Array.from(
      { length: 64 * 3 },
      (_, index) => Math.sin(index * 12.9898) * (1 + index / 50),
    );
    const { values, scales } = quantizeBlocks(weight, 64, 32, 8);
    for (const [index, value] of weight.entries()) {
      const scale = scales[Math.floor(index / 32)]!;
      expect(Math.abs((values[index]! - 128) * scale - value)).toBeLessThanOrEqual(scale * 0.5001);
    }
  });
});
