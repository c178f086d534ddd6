import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bfloat16ToFloat32, float16ToFloat32, float32ToFloat16 } from "./half";

const allBits = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);

const isNaN16 = (bits: number) => (bits & 0x7fff) > 0x7c00;

describe("float16ToFloat32", () => {
  it("reads the values IEEE 754 gives as examples", () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x3555, 0x7c00, 0xfc00);
    expect([...float16ToFloat32(bits)]).toEqual([
      1,
      -2,
      65504,
      2 ** -14,
      1023 * 2 ** -24,
      2 ** -24,
      1365 / 4096,
      Infinity,
      -Infinity,
    ]);
  });

  it("keeps the sign of zero and NaN", () => {
    const [zero, minusZero, nan] = float16ToFloat32(Uint16Array.of(0, 0x8000, 0x7e01));
    expect([zero, minusZero, nan]).toEqual([0, -0, Number.NaN]);
  });
});

describe("bfloat16ToFloat32", () => {
  it("takes the bits as the upper half of an fp32 value", () => {
    expect([...bfloat16ToFloat32(Uint16Array.of(0x3f80, 0xc040, 0x7f80, 0x0001))]).toEqual([
      1,
      -3,
      Infinity,
      2 ** -133,
    ]);
  });
});

describe("float32ToFloat16", () => {
  it("gives back all 65,536 bit patterns", () => {
    const back = float32ToFloat16(float16ToFloat32(allBits));
    expect(allBits.filter((bits, i) => back[i] !== bits && !isNaN16(bits))).toHaveLength(0);
    expect(allBits.filter((bits, i) => isNaN16(bits) !== isNaN16(back[i]!))).toHaveLength(0);
  });

  it("rounds a tie to the even neighbour, and everything else to the nearer one", () => {
    const values = float16ToFloat32(allBits.subarray(0, 0x7c00));
    for (let bits = 0; bits < 0x7bff; bits++) {
      const middle = (values[bits]! + values[bits + 1]!) / 2;
      const [down, tie, up] = float32ToFloat16(Float32Array.of(below(middle), middle, above(middle)));
      if (down !== bits || up !== bits + 1 || tie !== (bits % 2 ? bits + 1 : bits)) {
        expect.fail(`between ${bits} and ${bits + 1}: ${[down, tie, up]}`);
      }
    }
  });

  it("overflows to infinity from 65520 on", () => {
    const values = Float32Array.of(65519.996, 65520, 1e30, Infinity, -65520, -1e30);
    expect([...float32ToFloat16(values)]).toEqual([0x7bff, 0x7c00, 0x7c00, 0x7c00, 0xfc00, 0xfc00]);
  });

  it("never strays more than half a unit in the last place", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -65504, max: 65504 }), (value) => {
        const [near] = float16ToFloat32(float32ToFloat16(Float32Array.of(value)));
        const unit = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 1))) - 10);
        expect(Math.abs(near! - value)).toBeLessThanOrEqual(unit / 2);
      }),
    );
  });
});

function below(value: number): number {
  return neighbour(value, -1);
}

function above(value: number): number {
  return neighbour(value, 1);
}

/** The fp32 value next to a positive one. */
function neighbour(value: number, step: 1 | -1): number {
  const words = new Uint32Array(Float32Array.of(value).buffer);
  words[0]! += step;
  return new Float32Array(words.buffer)[0]!;
}
