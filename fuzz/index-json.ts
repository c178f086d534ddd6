import assert from "node:assert/strict";
import { listedModels } from "../src/ui/model-choice";
import { parseModelIndex } from "../src/ui/model-index";
import type { Bytes } from "./mutate-bytes";
import { mutateJson } from "./mutate-json";
import type { Reader } from "./reader";

const BASE = "https://page.example/app/";
const SEED = {
  models: [
    { name: "demo", title: "Demo model", demonstration: true },
    { name: "RewardModel", title: "RewardModel" },
  ],
};

type Models = ReturnType<typeof listedModels>;

/** Every folder lies beside the list, under the name that the list gives it, and there is one for each. */
function judge(bytes: Bytes, models: Models): void {
  const { models: listed } = JSON.parse(decode(bytes));
  assert.deepEqual(
    models.map(({ url, title, demonstration }) => ({ url, title, demonstration })),
    listed.map(({ name, title, demonstration = false }: Record<string, unknown>) => ({
      url: `${BASE}models/${name}/`,
      title,
      demonstration,
    })),
  );
  assert.equal(new Set(models.map(({ url }) => url)).size, models.length);
  assert.ok(models.every(({ foreignOrigin }) => foreignOrigin === undefined));
}

function decode(bytes: Bytes): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

export const indexJson: Reader<Models> = {
  mutant: (random) => mutateJson(SEED, random),
  read: async (bytes) => listedModels(parseModelIndex(decode(bytes)), BASE),
  judge,
};
