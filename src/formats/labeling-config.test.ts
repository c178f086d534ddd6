import { describe, expect, it } from "vitest";
import { readLabelingConfig } from "./labeling-config";

describe("readLabelingConfig", () => {
  it("reads names, fields and choices", () => {
    const controls = readLabelingConfig(`<?xml version="1.0"?>
      <View>
        <!-- <Rating name="no" toName="no"/> -->
        <Text name="p" value="$prompt"/><text name="a" value="$response_a"/><Text name="b" value="fixed"/>
        <View><Pairwise name="pw" toName="a, b"/></View>
        <Rating name="stars" toName="a" maxRating="7"/>
        <Rating name="region" toName="a" perRegion="true"/>
        <Choices name="v" toname="p"><Choice value="good"/><Choice value="bad" alias="b&amp;d"/></Choices>
        <TextArea name="note" toName="p"/>
      </View>`);
    expect(controls).toMatchObject([
      { kind: "pairwise", name: "pw", objects: [{ field: "response_a" }, { name: "b", field: undefined }] },
      { kind: "rating", name: "stars", objects: [{ name: "a", field: "response_a" }], maxRating: 7 },
      { kind: "choices", name: "v", objects: [{ field: "prompt" }], choices: ["good", "b&d"] },
      { kind: "textarea", name: "note", maxRating: 5 },
    ]);
  });

  it.each([
    ["<View>", /^labeling config: expected XML: /],
    ["", /^labeling config: expected XML: /],
    [
      "<View><Rating name='r'/></View>",
      /^labeling config: expected toName in every Rating, found one without$/,
    ],
    [
      "<View><Rating name='r' toName='p' maxRating='many'/></View>",
      /^labeling config: maxRating: expected 1 or more, got many$/,
    ],
  ])("throws for %s", (xml, message) => {
    expect(() => readLabelingConfig(xml)).toThrow(message);
    expect(() => readLabelingConfig(xml)).toThrow(TypeError);
  });
});
