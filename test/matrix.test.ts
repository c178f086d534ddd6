import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convert } from "../src/cli/convert";
import type { Dtype } from "../src/shared/manifest";
import { FIXTURES, readFixturePairs } from "./fixture";
import { type Cell, measureCell } from "./matrix-cell";
import { openNodeCell } from "./matrix-node";

const CELLS: Cell[] = (["w8", "fp32", "fp16"] as const).flatMap((dtype) =>
  (["plain", "fused"] as const).map((attention) => ({ backend: "Node", dtype, attention })),
);

describe.each(FIXTURES)("the matrix in Node: %s", (fixture) => {
  const folder = mkdtempSync(join(tmpdir(), "matrix-"));
  const model = join(folder, "model");
  beforeAll(async () => {
    const dtype: Dtype[] = ["w8", "fp32", "fp16"];
    await convert(join(import.meta.dirname, "fixtures", fixture), { out: model, dtype });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(CELLS)("keeps every tolerance in every form: $dtype $attention", async (cell) => {
    const { score, release } = await openNodeCell(model, cell);
    const { problems } = await measureCell(cell, readFixturePairs(fixture), score);
    await release();
    expect(problems).toEqual([]);
  });
});
