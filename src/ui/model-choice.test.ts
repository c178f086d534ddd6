import { describe, expect, it } from "vitest";
import { findModel, listedModels } from "./model-choice";

const base = "https://example.org/app/";
const listed = listedModels({ models: [{ name: "demo", title: "Demo model", demonstration: true }] }, base);

describe("listedModels", () => {
  it("finds each folder beside the list", () => {
    expect(listed).toEqual([
      {
        parameter: "demo",
        title: "Demo model",
        url: "https://example.org/app/models/demo/",
        foreignOrigin: undefined,
        demonstration: true,
      },
    ]);
  });
});

describe("findModel", () => {
  it("finds a listed model by its name", () => {
    expect(findModel("demo", listed, base)).toBe(listed[0]);
  });

  it("takes an address of this site", () => {
    expect(findModel("models/Other%20One/", listed, base)).toMatchObject({
      title: "Other One",
      url: "https://example.org/app/models/Other%20One/",
      foreignOrigin: undefined,
    });
  });

  it("names the other site an address leads to", () => {
    expect(findModel("https://models.example/a/RewardModel", listed, base)).toMatchObject({
      title: "RewardModel",
      foreignOrigin: "https://models.example",
    });
    expect(findModel("//models.example/a", listed, base)?.foreignOrigin).toBe("https://models.example");
  });

  it.each(["nope", "", "javascript:/x", "data:application/json,/", "blob:https://example.org/1", "https://"])(
    "finds nothing for %j",
    (parameter) => {
      expect(findModel(parameter, listed, base)).toBeUndefined();
    },
  );
});
