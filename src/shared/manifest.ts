import * as v from "valibot";
import { ScorerError } from "./errors";
import { MAX_JSON_LENGTH, parseJson } from "./parse-json";

/** The manifest's file name in a model folder. */
export const MANIFEST_FILE = "reward.json";

/** Longest manifest read, in bytes. Real ones are a few kilobytes; goldens may be long texts. */
export const MAX_MANIFEST_BYTES = 4_000_000;

/** Most goldens; the converter writes twelve. `verify` scores them all, a load the twelve shortest at most. */
const MAX_GOLDENS = 1000;

/** Longest text of a golden, in UTF-16 code units: 20 times what 512 tokens are. */
const MAX_GOLDEN_LENGTH = 50_000;

/** Most tokens that an architecture here reads. */
const MAX_TOKENS = 512;

/**
 * Most artifacts, graphs of one, and files of either; the converter writes 5, 2 and, for fp32, 10. Most facts of a
 * kind, too: the page lists them, and a hundred thousand held it for a quarter of a minute.
 */
const MAX_ENTRIES = 200;

/** Longest text file of a folder, in bytes: what is parsed at most, each character four bytes long. */
const MAX_TEXT_FILE_BYTES = 4 * MAX_JSON_LENGTH;

/** Most bytes of one artifact: what 32-bit WebAssembly can address. */
const MAX_ARTIFACT_BYTES = 2 ** 32;

/** A relative path that stays inside the model folder: no scheme, no `..`, no leading slash. */
const path = v.pipe(
  v.string(),
  v.regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/, "expected a path inside the folder"),
);
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const tokenIds = v.pipe(v.array(count), v.maxLength(MAX_TOKENS));
const facts = v.pipe(v.array(v.string()), v.maxLength(MAX_ENTRIES));
const goldenText = v.pipe(v.string(), v.maxLength(MAX_GOLDEN_LENGTH));

const file = v.strictObject({ path, bytes: count, sha256 });
const textFile = v.strictObject({
  ...file.entries,
  bytes: v.pipe(count, v.maxValue(MAX_TEXT_FILE_BYTES)),
});

/** How weights are stored. `q8` also quantizes activations; `w8` keeps them fp32. */
const dtype = v.picklist(["fp32", "fp16", "q8", "w8", "q4f16"]);

const graph = v.strictObject({
  ...file.entries,
  /** `fused` uses MultiHeadAttention, `plain` only standard operators. */
  attention: v.picklist(["fused", "plain"]),
});

const artifact = v.strictObject({
  dtype,
  devices: v.array(v.picklist(["webgpu", "wasm", "cpu"])),
  /** WebGPU features the device must have. */
  requires: v.array(v.picklist(["shader-f16"])),
  /** In order of preference, over the same weights. */
  graphs: v.pipe(v.array(graph), v.minLength(1), v.maxLength(MAX_ENTRIES)),
  /** External data, in the order of its names. */
  weights: v.pipe(v.array(file), v.maxLength(MAX_ENTRIES)),
  /**
   * What this artifact gives for each golden: from onnxruntime-node, `q8` from its WASM build, since int8
   * products saturate on some CPUs.
   */
  rewards: v.array(finite),
  /**
   * Largest difference from full precision, among the goldens and their short prompts with each other's responses:
   * what the dtype costs, in reward units.
   */
  maxError: v.pipe(finite, v.minValue(0)),
  /** Largest difference from `rewards` that a session may show, in reward units. */
  tolerance: v.pipe(finite, v.minValue(0)),
});

const golden = v.strictObject({
  prompt: goldenText,
  response: goldenText,
  /** From the plain fp32 graph on onnxruntime-node. */
  reward: finite,
  tokens: count,
});

/** What is said of a model in words. */
const words = v.strictObject({
  description: v.string(),
  /** What was measured, one fact a line. */
  accuracy: facts,
  limits: facts,
});

/** What is said of a model, in English, and how its rewards may be read. */
export const about = v.strictObject({
  ...words.entries,
  /** The words in other languages, by BCP 47 tag; the page has a use for `pt-BR`. */
  translations: v.exactOptional(v.record(v.string(), words)),
  defaultAlpha: finite,
  /** Whether sigmoid(reward a − reward b) may be read as a preference probability. */
  pairwise: v.boolean(),
  /** BCP 47 tags. */
  languages: facts,
  licence: v.string(),
});

const fields = v.strictObject({
  formatVersion: v.literal(1),
  name: v.string(),
  source: v.strictObject({
    /** Hub id or folder name. */
    repository: v.string(),
    revision: v.optional(v.string()),
    /** The checkpoint's own weight files. */
    weights: v.array(v.strictObject({ path: v.string(), bytes: count, sha256 })),
  }),
  architecture: v.picklist(["RewardModel", "BertForSequenceClassification"]),
  /** The layers between `[CLS]` and the reward. */
  head: v.string(),
  /** `[start] prompt [between] response [end]`, all token types 0. */
  template: v.pipe(
    v.strictObject({
      start: tokenIds,
      between: tokenIds,
      end: tokenIds,
      pad: count,
      maxTokens: v.pipe(count, v.minValue(4), v.maxValue(MAX_TOKENS)),
      truncation: v.literal("longest-first"),
    }),
    v.check(
      ({ start, between, end, maxTokens }) => start.length + between.length + end.length < maxTokens,
      "expected fewer tokens than maxTokens",
    ),
  ),
  ...about.entries,
  /** config.json, tokenizer.json, tokenizer_config.json. */
  files: v.pipe(v.array(textFile), v.maxLength(MAX_ENTRIES)),
  artifacts: v.pipe(v.array(artifact), v.minLength(1), v.maxLength(MAX_ENTRIES)),
  goldens: v.pipe(v.array(golden), v.minLength(2), v.maxLength(MAX_GOLDENS)),
});

const manifest = v.pipe(
  fields,
  v.check(
    ({ artifacts, goldens }) => artifacts.every(({ rewards }) => rewards.length === goldens.length),
    "artifacts: expected one of the rewards for each golden",
  ),
  v.check(
    ({ artifacts }) => artifacts.every((artifact) => bytesOf(artifact) <= MAX_ARTIFACT_BYTES),
    `artifacts: expected at most ${MAX_ARTIFACT_BYTES} bytes each`,
  ),
);

export type About = v.InferOutput<typeof about>;
export type Words = v.InferOutput<typeof words>;
export type FileEntry = v.InferOutput<typeof file>;
export type Graph = v.InferOutput<typeof graph>;
export type Artifact = v.InferOutput<typeof artifact>;
export type Dtype = Artifact["dtype"];
export type Golden = v.InferOutput<typeof golden>;
export type PairTemplate = Manifest["template"];
export type Manifest = v.InferOutput<typeof manifest>;

/**
 * Read and check `reward.json`.
 *
 * @throws ScorerError `malformed-model` — too long, not JSON, or a field is missing or of the wrong kind
 */
export function parseManifest(text: string): Manifest {
  const result = v.safeParse(manifest, parseJson(text, MANIFEST_FILE, "malformed-model"), {
    abortEarly: true,
  });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ScorerError(
    "malformed-model",
    `${MANIFEST_FILE}: ${v.getDotPath(issue) ?? "root"}: ${issue.message}`,
  );
}

function bytesOf({ graphs, weights }: Artifact): number {
  return [...graphs, ...weights].reduce((sum, { bytes }) => sum + bytes, 0);
}
