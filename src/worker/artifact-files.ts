import { ScorerError } from "../shared/errors";
import type { Artifact, FileEntry, Manifest } from "../shared/manifest";

const TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json"];

/**
 * What is fetched to run an artifact: the tokenizer's files, every graph and all weights.
 *
 * @throws ScorerError `malformed-model` — the manifest lists no tokenizer
 */
export function artifactFiles({ files }: Manifest, { graphs, weights }: Artifact): FileEntry[] {
  const tokenizer = TOKENIZER_FILES.map((name) => {
    const entry = files.find(({ path }) => path === name);
    if (!entry) throw new ScorerError("malformed-model", `manifest files: ${name} is missing`);
    return entry;
  });
  return [...tokenizer, ...graphs, ...weights];
}
