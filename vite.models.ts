import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const LIST = "models/index.json";

interface ModelList {
  models: { name: string }[];
}

/** No build for a list with a model that is not there: git has the list, and no folders but the demonstration's. */
export const listedModels: Plugin = {
  name: "listed-models",
  apply: "build",
  configResolved({ publicDir }) {
    const { models }: ModelList = JSON.parse(readFileSync(join(publicDir, LIST), "utf8"));
    for (const { name } of models) {
      const manifest = `models/${name}/reward.json`;
      if (existsSync(join(publicDir, manifest))) continue;
      throw new Error(`${LIST}: ${name}: expected ${manifest}, found none`);
    }
  },
};
