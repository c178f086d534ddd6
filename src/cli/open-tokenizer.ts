import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PairTemplate } from "../shared/manifest";
import { PairTokenizer } from "../worker/tokenizer";

/**
 * The tokenizer of a model folder on disk.
 *
 * @throws ScorerError `malformed-model`
 */
export async function openTokenizer(folder: string, template: PairTemplate): Promise<PairTokenizer> {
  const [json, config] = await Promise.all(
    ["tokenizer.json", "tokenizer_config.json"].map((name) => readFile(join(folder, name), "utf8")),
  );
  return new PairTokenizer(json!, config!, template);
}
