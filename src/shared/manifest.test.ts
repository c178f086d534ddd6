import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Manifest, parseManifest } from "./manifest";

const DEMO = readFileSync(join(import.meta.dirname, "../../public/models/demo/reward.json"), "utf8");

function changed(change: (manifest: Manifest) => void): string {
  const manifest: Manifest = JSON.parse(DEMO);
  change(manifest);
  return JSON.stringify(manifest);
}

function failure(text: string): string {
  try {
    parseManifest(text);
  } catch (error) {
    expect(error).toMatchObject({ code: "malformed-model" });
    return (error as Error).message;
  }
  return "none";
}

describe("parseManifest", () => {
  it("reads the demonstration model's", () => {
    expect(parseManifest(DEMO)).toEqual(JSON.parse(DEMO));
  });

  it.each([
    "..",
    "../x",
    "onnx/../../x",
    "onnx/./x",
    "/x",
    "//host/x",
    "onnx//x",
    "onnx/",
    "",
    "onnx\\..\\x",
    "%2e%2e/x",
    "x?y",
    "x#y",
    "https://models.example/x",
    "https:x",
    "javascript:x",
    "data:,x",
    "x\ny",
    "x y",
    "\u2024\u2024/x",
    "\uff0e\uff0e/x",
  ])("refuses the path %j", (path) => {
    const text = changed(({ artifacts }) => {
      artifacts[0]!.weights[0]!.path = path;
    });
    expect(failure(text)).toBe("reward.json: artifacts.0.weights.0.path: expected a path inside the folder");
  });

  it.each<[string, (manifest: Manifest) => void, string]>([
    [
      "fifty thousand limits",
      (manifest) => {
        manifest.limits = Array(50_000).fill("");
      },
      "limits: Invalid length: Expected <=200 but received 50000",
    ],
    [
      "fifty thousand limits in another language",
      (manifest) => {
        manifest.translations = { pt: { description: "", accuracy: [], limits: Array(50_000).fill("") } };
      },
      "translations.pt.limits: Invalid length: Expected <=200 but received 50000",
    ],
    [
      "twenty thousand goldens",
      (manifest) => {
        manifest.goldens = Array(20_000).fill({ prompt: "", response: "", reward: 0, tokens: 3 });
      },
      "goldens: Invalid length: Expected <=1000 but received 20000",
    ],
    [
      "a golden that is a book",
      ({ goldens }) => {
        goldens[0]!.prompt = "a".repeat(50_001);
      },
      "goldens.0.prompt: Invalid length: Expected <=50000 but received 50001",
    ],
    [
      "a manifest that is a library",
      (manifest) => {
        const others = JSON.stringify({ ...manifest, description: "" }).length;
        manifest.description = "a".repeat(4_000_001 - others);
      },
      "expected at most 4000000 characters, found 4000001",
    ],
    [
      "a length beyond 2^53",
      ({ artifacts }) => {
        artifacts[0]!.weights[0]!.bytes = 1e300;
      },
      "artifacts.0.weights.0.bytes: Invalid safe integer: Received 1e+300",
    ],
    [
      "an artifact beyond what WebAssembly can address",
      ({ artifacts }) => {
        artifacts[0]!.weights[0]!.bytes = 2 ** 32;
      },
      "root: artifacts: expected at most 4294967296 bytes each",
    ],
    [
      "a tokenizer of gigabytes",
      ({ files }) => {
        files[0]!.bytes = 2 ** 30;
      },
      "files.0.bytes: Invalid value: Expected <=16000000 but received 1073741824",
    ],
    [
      "more tokens than a model reads",
      ({ template }) => {
        template.maxTokens = 1e9;
      },
      "template.maxTokens: Invalid value: Expected <=512 but received 1000000000",
    ],
    [
      "a template that leaves no room",
      ({ template }) => {
        template.start = Array(510).fill(1);
      },
      "template: expected fewer tokens than maxTokens",
    ],
    [
      "a field that it does not know",
      (manifest) => {
        Object.assign(manifest, { script: "alert(1)" });
      },
      'script: Invalid key: Expected never but received "script"',
    ],
  ])("refuses %s", (_, change, message) => {
    expect(failure(changed(change))).toBe(`reward.json: ${message}`);
  });

  it("refuses a number that is too large for one", () => {
    expect(failure(DEMO.replace('"defaultAlpha": 10', '"defaultAlpha": 1e999'))).toBe(
      "reward.json: defaultAlpha: Invalid finite: Received Infinity",
    );
  });
});
