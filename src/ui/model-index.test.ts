import { describe, expect, it } from "vitest";
import { fetchModelIndex, parseModelIndex } from "./model-index";

const DEMO = { name: "demo", title: "Demo model", demonstration: true };

describe("parseModelIndex", () => {
  it("reads names and titles; a model demonstrates nothing unless it says so", () => {
    const text = JSON.stringify({ models: [DEMO, { name: "RewardModel", title: "RewardModel" }] });
    expect(parseModelIndex(text).models).toEqual([
      DEMO,
      { name: "RewardModel", title: "RewardModel", demonstration: false },
    ]);
  });

  it.each([
    ["not JSON", "{", "models/index.json: not JSON"],
    ["no model", { models: [] }, "models/index.json: models: expected at least one model"],
    [
      "a name that leaves the folder",
      { models: [{ name: "../x", title: "x" }] },
      "models/index.json: models.0.name: expected a folder name",
    ],
    [
      "an empty title",
      { models: [{ name: "x", title: "" }] },
      "models/index.json: models.0.title: expected a title",
    ],
    ["a name twice", { models: [DEMO, DEMO] }, "models/index.json: models: expected unique names"],
  ])("throws for %s", (_, content, message) => {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    expect(() => parseModelIndex(text)).toThrow(
      expect.objectContaining({ code: "malformed-model", message }),
    );
  });
});

describe("fetchModelIndex", () => {
  const base = "https://example.org/some/path/";

  it("reads the list beside the page", async () => {
    const urls: string[] = [];
    const index = await fetchModelIndex(base, async (url) => {
      urls.push(String(url));
      return Response.json({ models: [DEMO] });
    });
    expect(urls).toEqual(["https://example.org/some/path/models/index.json"]);
    expect(index.models).toEqual([DEMO]);
  });

  it("throws for a missing list", async () => {
    await expect(fetchModelIndex(base, async () => new Response("", { status: 404 }))).rejects.toMatchObject({
      code: "download-failed",
      message: "https://example.org/some/path/models/index.json: status 404",
    });
  });

  it("keeps the cause when there is no answer", async () => {
    const cause = new TypeError("Failed to fetch");
    await expect(fetchModelIndex(base, () => Promise.reject(cause))).rejects.toMatchObject({
      code: "download-failed",
      cause,
    });
  });
});
