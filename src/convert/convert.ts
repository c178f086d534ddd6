import { ScorerError } from "../shared/errors";
import type { About, Artifact, Dtype, FileEntry, Golden, Graph, Manifest } from "../shared/manifest";
import { spreadOf } from "../shared/spread";
import { BACKEND_TOLERANCE } from "../shared/tolerance";
import { aboutModel } from "./about";
import { ARTIFACT_RECIPES, type ArtifactRecipe } from "./artifacts";
import type { Bert } from "./bert";
import { buildBertGraph } from "./bert-graph";
import type { CheckpointFiles } from "./checkpoint";
import { openCheckpoint } from "./open-checkpoint";
import { readBert } from "./read-bert";
import { Shards } from "./shards";
import { makeTokenizerFiles } from "./tokenizer-files";
import { type FolderTarget, sha256OfBlob, writeHashed } from "./write-hashed";

export interface ConvertOptions {
  /** The model folder's name. */
  name: string;
  /** Hub id, or the name of the folder it came from. */
  repository: string;
  /** Commit of the repository. */
  revision?: string;
  dtypes: readonly Dtype[];
  /** What the manifest says of the model, where that is better known than from its name. */
  about?: Partial<About>;
  /** Called with the file about to be written. */
  onFile?: (path: string) => void;
  /**
   * Called with a dtype that this model cannot have, and why; the others are made.
   *
   * @default such a dtype fails the conversion, as fp32 always does
   */
  onLeftOut?: (dtype: Dtype, reason: string) => void;
}

/** An artifact that has not scored the goldens yet. */
export type ArtifactDraft = Omit<Artifact, "rewards" | "maxError" | "tolerance">;

/** A manifest without its goldens, and so without what its artifacts give for them. */
export type ManifestDraft = Omit<Manifest, "artifacts" | "goldens"> & { artifacts: ArtifactDraft[] };

/**
 * Turn a checkpoint into the files of a model folder, all but `reward.json`: that needs reference
 * rewards first, see `completeManifest`. The same checkpoint gives the same bytes.
 *
 * @throws ScorerError `malformed-safetensors`, `malformed-pickle`, `malformed-checkpoint` — the checkpoint is broken
 * @throws ScorerError `unsupported-architecture`, `unsupported-dtype` — it is whole, but not one of ours
 */
export async function convertCheckpoint(
  files: CheckpointFiles,
  options: ConvertOptions,
  target: FolderTarget,
): Promise<ManifestDraft> {
  const { config, tensors, weightFiles } = await openCheckpoint(files);
  const bert = readBert(config, tensors);
  const { tokenizerJson, tokenizerConfig, template } = await makeTokenizerFiles(files, bert.vocabSize);
  const write: Write = (path, parts) => {
    options.onFile?.(path);
    return writeHashed(target, path, parts);
  };
  const artifacts = await writeArtifacts(bert, options, target, write);
  const texts = {
    "config.json": hubConfig(config, artifacts),
    "tokenizer.json": tokenizerJson,
    "tokenizer_config.json": tokenizerConfig,
  };
  const written: FileEntry[] = [];
  for (const [path, text] of Object.entries(texts))
    written.push(await write(path, [new TextEncoder().encode(text)]));
  return {
    formatVersion: 1,
    name: options.name,
    ...aboutModel(options.repository, bert.architecture, await knowsTokenTypes(bert), options.about),
    source: {
      repository: options.repository,
      ...(options.revision === undefined ? {} : { revision: options.revision }),
      weights: await describeWeights(files, weightFiles),
    },
    architecture: bert.architecture,
    head: bert.head
      .map(({ weight, activation }) => `${weight.shape[0]} ${activation ?? "linear"}`)
      .join(", "),
    template: {
      ...template,
      maxTokens: Math.min(template.maxTokens, bert.positionCount),
      truncation: "longest-first",
    },
    files: written,
    artifacts,
  };
}

/**
 * A manifest from its draft, once the goldens are scored.
 *
 * @param measured of each artifact, what it gives for each golden, and what its dtype costs
 */
export function completeManifest(
  draft: ManifestDraft,
  goldens: readonly Golden[],
  measured: readonly Pick<Artifact, "rewards" | "maxError">[],
): Manifest {
  const spread = spreadOf(goldens);
  const artifacts = draft.artifacts.map((artifact, index) => ({
    ...artifact,
    ...measured[index]!,
    tolerance: BACKEND_TOLERANCE[artifact.dtype] * spread,
  }));
  return { ...draft, artifacts, goldens: [...goldens] };
}

type Write = (path: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) => Promise<FileEntry>;

/** Those of the dtypes asked for; the files of one that the model cannot have are removed again. */
async function writeArtifacts(
  bert: Bert,
  { dtypes, onLeftOut }: ConvertOptions,
  target: FolderTarget,
  write: Write,
): Promise<ArtifactDraft[]> {
  const artifacts: ArtifactDraft[] = [];
  for (const recipe of ARTIFACT_RECIPES.filter(({ dtype }) => dtypes.includes(dtype))) {
    const begun: string[] = [];
    try {
      const artifact = await writeArtifact(bert, recipe, (path, parts) => {
        begun.push(path);
        return write(path, parts);
      });
      artifacts.push(artifact);
    } catch (error) {
      if (!onLeftOut || recipe.dtype === "fp32" || !isUnsupported(error)) throw error;
      for (const path of begun) await target.remove(path);
      onLeftOut(recipe.dtype, error.message);
    }
  }
  return artifacts;
}

/** Whether the model is whole, but not one for the dtype at hand. */
function isUnsupported(error: unknown): error is ScorerError {
  return error instanceof ScorerError && error.code.startsWith("unsupported-");
}

/** Whether the rows of the token types differ. */
async function knowsTokenTypes({ embeddings, hiddenSize }: Bert): Promise<boolean> {
  const types = await embeddings.tokenType.read();
  return types.some((value, at) => value !== types[at % hiddenSize]);
}

async function writeArtifact(
  bert: Bert,
  { dtype, fileName, format, devices, requires, forms }: ArtifactRecipe,
  write: Write,
): Promise<ArtifactDraft> {
  const shards = new Shards(`${fileName}.onnx`);
  const graphs: Graph[] = [];
  for (const [index, form] of forms.entries()) {
    const path = `onnx/${fileName}${index === 0 ? "" : `_${form}`}.onnx`;
    graphs.push({ ...(await write(path, [buildBertGraph(bert, format, form, shards)])), attention: form });
  }
  const weights: FileEntry[] = [];
  for (const name of shards.names) weights.push(await write(`onnx/${name}`, shards.read(name)));
  return { dtype, devices, requires, graphs, weights };
}

/** config.json as transformers.js reads it: a BERT with one label, and how many external-data files each graph has. */
function hubConfig(config: Record<string, unknown>, artifacts: readonly ArtifactDraft[]): string {
  const { auto_map: _customCode, ...rest } = config;
  const shardCounts = artifacts.flatMap(({ graphs, weights }) =>
    graphs.map(({ path }) => [path.replace("onnx/", ""), weights.length]),
  );
  const hub = {
    ...rest,
    architectures: ["BertForSequenceClassification"],
    model_type: "bert",
    num_labels: 1,
    id2label: { 0: "LABEL_0" },
    label2id: { LABEL_0: 0 },
    "transformers.js_config": { use_external_data_format: Object.fromEntries(shardCounts) },
  };
  return `${JSON.stringify(hub, undefined, 2)}\n`;
}

function describeWeights(files: CheckpointFiles, paths: readonly string[]) {
  return Promise.all(
    paths.map(async (path) => {
      const blob = files.get(path)!;
      return { path, bytes: blob.size, sha256: await sha256OfBlob(blob) };
    }),
  );
}
