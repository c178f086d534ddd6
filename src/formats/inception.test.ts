import { describe, expect, it } from "vitest";
import { openFile } from "./index";
import { writeFile } from "./test-rewards";

const TEXT = "What is it? A city. No idea.";

const feature = (name: string, range: string) => ({ [name]: { "%NAME": name, "%RANGE": range } });

/** As the specification has it, with two responses to a prompt. */
function document(text = TEXT) {
  return {
    "%TYPES": {
      "custom.Prompt": { "%NAME": "custom.Prompt", "%SUPER_TYPE": "uima.tcas.Annotation" },
      "custom.Response": {
        "%NAME": "custom.Response",
        "%SUPER_TYPE": "uima.tcas.Annotation",
        ...feature("reward", "uima.cas.Float"),
        ...feature("model", "uima.cas.String"),
        ...feature("comment", "uima.cas.String"),
      },
    },
    "%FEATURE_STRUCTURES": [
      {
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        sofaNum: 1,
        sofaID: "_InitialView",
        mimeType: "text",
        sofaString: text,
      },
      { "%ID": 2, "%TYPE": "custom.Response", "@sofa": 1, begin: 12, end: 19, comment: "mine" },
      { "%ID": 3, "%TYPE": "custom.Prompt", "@sofa": 1, begin: 0, end: 11 },
      { "%ID": 4, "%TYPE": "custom.Response", "@sofa": 1, begin: 20, end: 28 },
    ] as Record<string, unknown>[],
    "%VIEWS": { _InitialView: { "%SOFA": 1, "%MEMBERS": [2, 3, 4] } },
  };
}

const open = (value: unknown) => openFile("inception", JSON.stringify(value, undefined, 2));

describe("inception", () => {
  it("scores spans with the prompt before them and fills the features that their layer has", () => {
    const file = open(document());
    expect(file.pairs).toEqual([
      { prompt: "What is it?", response: "A city." },
      { prompt: "What is it?", response: "No idea." },
    ]);
    const written = JSON.parse(writeFile(file, [1, -0.5]));
    const expected = document();
    const model = "demo@0123456789ab:w8";
    Object.assign(expected["%FEATURE_STRUCTURES"][1]!, { reward: 1, model });
    Object.assign(expected["%FEATURE_STRUCTURES"][3]!, { reward: -0.5, model });
    expect(written).toEqual(expected);
    const once = writeFile(file);
    expect(writeFile(openFile("inception", once))).toBe(once);
  });

  it("takes of several prompts the last before a response, in whatever order they are listed", () => {
    const value = document("What is it? A city. Where? Far.");
    const structures = value["%FEATURE_STRUCTURES"];
    structures[3] = { ...structures[3], begin: 27, end: 31 };
    structures.splice(1, 0, { ...structures[2], "%ID": 5, begin: 20, end: 26 });
    expect(open(value).pairs).toEqual([
      { prompt: "What is it?", response: "A city." },
      { prompt: "Where?", response: "Far." },
    ]);
  });

  it.each<[string, (value: ReturnType<typeof document>) => unknown, string]>([
    ["no structures", () => ({}), "expected %FEATURE_STRUCTURES, objects, found no %FEATURE_STRUCTURES"],
    [
      "no response",
      (value) => ({ ...value, "%FEATURE_STRUCTURES": [] }),
      "expected spans of a layer Response, found none",
    ],
    [
      "no feature",
      (value) => ({ ...value, "%TYPES": {} }),
      "expected the layer Response with a feature reward, found none",
    ],
    [
      "no prompt before a response",
      (value) => {
        value["%FEATURE_STRUCTURES"][2]!.begin = 15;
        return value;
      },
      "expected a span of a layer Prompt before every Response, found none",
    ],
    [
      "an offset past the end",
      (value) => {
        value["%FEATURE_STRUCTURES"][3]!.end = 29;
        return value;
      },
      "expected begin and end within 28 characters, found 20 and 29",
    ],
    [
      "a character of 32 bits",
      () => document(`🙂${TEXT}`),
      "expected characters of 16 bits, found a longer one, after which offsets are ambiguous",
    ],
  ])("says what is wrong with %s", (_, change, problem) => {
    expect(open(change(document())).problems).toEqual([{ place: expect.any(String), problem }]);
  });
});
