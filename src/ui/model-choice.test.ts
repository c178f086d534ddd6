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

  it.each([
    ["//models.example/x", "https://models.example"],
    ["/\\models.example/x", "https://models.example"],
    [" https://models.example/x", "https://models.example"],
    ["ht\ntps://models.example/x", "https://models.example"],
    ["HTTPS://MODELS.EXAMPLE/x", "https://models.example"],
    ["http://example.org/x", "http://example.org"],
    ["https://example.org:8443/x", "https://example.org:8443"],
    ["https://example.org.models.example/x", "https://example.org.models.example"],
    ["https://ex\u0430mple.org/x", "https://xn--exmple-4nf.org"],
    ["https://example.org\u3002models.example/x", "https://example.org.models.example"],
    ["https://\u202egro.elpmaxe/x", undefined],
  ])("takes %j for another site or for none", (parameter, origin) => {
    expect(findModel(parameter, listed, base)?.foreignOrigin).toBe(origin);
  });

  it.each([
    ["../../x", "https://example.org/x"],
    ["https:x/y", "https://example.org/app/x/y"],
    ["models/../../..//x", "https://example.org//x"],
    ["models/%2e%2e/x", "https://example.org/app/x"],
    ["https://example.org/x?a=b/#c", "https://example.org/x"],
  ])("keeps %j on this site, as the folder %s", (parameter, url) => {
    expect(findModel(parameter, listed, base)).toMatchObject({ url, foreignOrigin: undefined });
  });

  it.each([
    ["https://models.example/%E2%80%AEledom", "%E2%80%AEledom"],
    ["https://models.example/a%0Ab", "a%0Ab"],
    ["https://models.example/%C2%A0", "%C2%A0"],
    ["https://models.example/%ff", "%ff"],
    ["https://models.example/Ol%C3%A1%20x", "Ol\u00e1 x"],
  ])("names the folder of %s without signs that mislead", (parameter, title) => {
    expect(findModel(parameter, listed, base)?.title).toBe(title);
  });

  it.each([
    "nope",
    "",
    "\\\\models.example\\x",
    "..",
    "javascript:/x",
    "javascript://example.org/%0aalert(1)",
    "data:application/json,/",
    "blob:https://example.org/1",
    "file:///etc/passwd",
    "ftp://models.example/x",
    "https://",
    "https://user@models.example/x",
    "https://example.org:x@models.example/x",
    "https:\\\\example.org@models.example/x",
  ])("finds nothing for %j", (parameter) => {
    expect(findModel(parameter, listed, base)).toBeUndefined();
  });
});
