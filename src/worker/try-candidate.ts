import type { Attempt, LoadProgress } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import type { Manifest } from "../shared/manifest";
import { type BatchChoices, batchChoices, smallestOf } from "./batch-limits";
import type { Capabilities } from "./capabilities";
import { createGpuDevice } from "./gpu-device";
import type { LoadedFiles } from "./loaded-files";
import type { LoadedRuntimes } from "./loaded-runtimes";
import type { ModelFiles } from "./model-files";
import type { Candidate } from "./plan";
import { runError } from "./run-error";
import { chooseRuntime } from "./runtime-files";
import { SelfCheck } from "./self-check";
import { Session } from "./session";
import { chooseThreads } from "./threads";
import { PairTokenizer } from "./tokenizer";

/** What every attempt at a model has in common. */
export interface Loading {
  manifest: Manifest;
  capabilities: Capabilities;
  files: LoadedFiles;
  runtimes: LoadedRuntimes;
  careful: boolean;
  report: (progress: LoadProgress) => void;
}

export interface Outcome {
  attempt: Attempt;
  /** Why the attempt failed, in full. */
  error?: ScorerError;
  /** What came of it, when it was chosen. */
  ready?: Ready;
}

export interface Ready {
  session: Session;
  tokenizer: PairTokenizer;
  check: SelfCheck;
  choices: BatchChoices;
  /** Undefined unless it was to be timed. */
  msPerPair: number | undefined;
}

/**
 * Load one candidate and hold it against the goldens.
 *
 * @param timed whether to find out how fast it is
 * @throws ScorerError when its files cannot be had; all else is an outcome
 */
export async function tryCandidate(candidate: Candidate, loading: Loading, timed: boolean): Promise<Outcome> {
  const { manifest, capabilities, files, runtimes, careful, report } = loading;
  const threads = chooseThreads(candidate.executionProvider, capabilities);
  const coming = runtimes.get(chooseRuntime(candidate.executionProvider, capabilities), threads);
  const model = files.artifact(candidate.artifact, coming.nearlyThere);
  const [runtime, tokenizer, bytes] = await Promise.all([
    coming.there,
    readTokenizer(model, manifest),
    model.all,
  ]);
  report({ stage: "session", executionProvider: candidate.executionProvider });
  let session: Session | undefined;
  try {
    session = await Session.create({
      runtime: runtime.ort,
      graph: bytes.get(candidate.graph.path)!,
      weights: externalData(candidate, bytes),
      gpuDevice: await openGpu(candidate),
    });
    const check = new SelfCheck(session, { manifest, artifact: candidate.artifact, tokenizer });
    const started = await check.start((checkedPairs, totalPairs) =>
      report({ stage: "check", checkedPairs, totalPairs }),
    );
    const choices = batchChoices(candidate.executionProvider, weightBytes(candidate), threads);
    const { checkedPairs, maxError, disagreement } = careful
      ? await check.cover(manifest.template.maxTokens, smallestOf(choices).maxTokens)
      : started;
    if (disagreement === undefined) {
      const detail = `agrees on ${checkedPairs} goldens`;
      const msPerPair = timed ? await check.time() : undefined;
      const ready = { session, tokenizer, check, choices, msPerPair };
      return { attempt: attempt(candidate, "chosen", detail, checkedPairs, maxError), ready };
    }
    await session.release();
    return { attempt: attempt(candidate, "disagreed", disagreement, checkedPairs, maxError) };
  } catch (thrown) {
    const error = runError("session", thrown);
    await session?.release().catch(() => undefined); // it has failed already
    if (error.code === "download-failed") throw error;
    return { attempt: attempt(candidate, "failed", error.message, 0, undefined), error };
  }
}

function attempt(
  { executionProvider, artifact, graph, subgroups }: Candidate,
  outcome: Attempt["outcome"],
  detail: string,
  checkedPairs: number,
  maxError: number | undefined,
): Attempt {
  const { dtype } = artifact;
  return {
    executionProvider,
    dtype,
    attention: graph.attention,
    subgroups,
    outcome,
    detail,
    checkedPairs,
    maxError,
  };
}

function weightBytes({ artifact }: Candidate): number {
  return artifact.weights.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Made while the weights come. */
async function readTokenizer(files: ModelFiles, { template }: Manifest): Promise<PairTokenizer> {
  const text = async (path: string) => new TextDecoder().decode(await files.get(path));
  return new PairTokenizer(await text("tokenizer.json"), await text("tokenizer_config.json"), template);
}

/** The graph names its weights by file name, being in the same folder. */
function externalData({ artifact }: Candidate, files: Awaited<ModelFiles["all"]>) {
  return artifact.weights.map(({ path }) => ({ path: path.split("/").at(-1)!, data: files.get(path)! }));
}

async function openGpu({
  executionProvider,
  artifact,
  subgroups,
}: Candidate): Promise<GPUDevice | undefined> {
  if (executionProvider === "wasm") return undefined;
  try {
    return await createGpuDevice([...artifact.requires, ...(subgroups ? ["subgroups"] : [])]);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ScorerError("run-failed", `GPU device: ${detail}`, { cause });
  }
}
