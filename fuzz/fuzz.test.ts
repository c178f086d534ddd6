import { describe, expect, it } from "vitest";
import { fuzz } from "./fuzz";
import { READERS } from "./readers";

describe("fuzz", () => {
  it.each(Object.keys(READERS))(
    "finds %s refused or read as it stands",
    async (reader) => {
      const { failures, refused, read } = await fuzz(reader, 2026, 0, 150);
      expect(failures).toEqual([]);
      expect(refused).toBeGreaterThan(50);
      expect(read).toBeGreaterThan(1);
    },
    120_000,
  );
});
