import { describe, expect, it } from "vitest";
import { startModel } from "./start-model";

const base = "https://example.org/app/";
const models = ["demo", "other"].map((name) => ({ name, title: name }));
const listing: typeof fetch = async () => Response.json({ models });
const failing: typeof fetch = async () => new Response("", { status: 503 });

describe("startModel", () => {
  it.each([
    [undefined, "demo", undefined],
    ["other", "other", undefined],
    ["https://models.example/x/", "https://models.example/x/", undefined],
    ["none", "demo", "none"],
    ["javascript:alert(1)//", "demo", "javascript:alert(1)//"],
  ])("begins for %s with %s", async (asked, parameter, unknown) => {
    const { choice, listed, ...start } = await startModel(asked, base, listing);
    expect(listed.map(({ title }) => title)).toEqual(["demo", "other"]);
    expect([choice.parameter, start.unknown]).toEqual([parameter, unknown]);
  });

  it("needs no list for a folder's address", async () => {
    const start = await startModel("models/mine/", base, failing);
    expect(start).toMatchObject({ choice: { url: `${base}models/mine/` }, listed: [], unknown: undefined });
  });

  it.each([undefined, "demo"])("throws without a list for %s", async (asked) => {
    await expect(startModel(asked, base, failing)).rejects.toThrow("models/index.json: status 503");
  });
});
