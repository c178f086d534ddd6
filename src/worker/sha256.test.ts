import { describe, expect, it } from "vitest";
import { sha256Hex } from "./sha256";

const ABC = new TextEncoder().encode("abc");
/** FIPS 180-4, example of one block. */
const ABC_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

describe("sha256Hex", () => {
  it("hashes with the platform", async () => {
    expect(await sha256Hex(ABC)).toBe(ABC_SHA256);
  });

  it("hashes where the context is not secure", async () => {
    expect(await sha256Hex(ABC, null)).toBe(ABC_SHA256);
  });
});
