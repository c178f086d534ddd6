import type {
  Attempt,
  Device,
  ExecutionProvider,
  LoadedModel,
  LoadOptions,
  LoadProgress,
} from "../shared/contract";
import { ScorerError } from "../shared/errors";
import { isTimeout } from "../shared/time-box";
import { BatchSizes } from "./batch-sizes";
import { FileCache } from "./cache";
import type { Capabilities } from "./capabilities";
import { FigureMemory } from "./figure-memory";
import { LoadedFiles } from "./loaded-files";
import { LoadedRuntimes } from "./loaded-runtimes";
import { fetchManifest } from "./manifest-file";
import { Model } from "./model";
import type { FileAccess } from "./model-files";
import { orderBySpeed } from "./order-by-speed";
import { type Candidate, planCandidates, prefersCpu } from "./plan";
import { probe } from "./probe";
import { chooseRuntime } from "./runtime-files";
import { chooseThreads } from "./threads";
import { type Loading, tryCandidate } from "./try-candidate";

/**
 * Load a model on the first backend that gives the right rewards. On `auto` the one that was faster goes first,
 * as far as that was measured: a load measures the backend it takes, and never fetches another one for it.
 *
 * @param signal ends the load while files are on their way
 * @throws the signal's reason when aborted
 * @throws ScorerError `model-not-found`, `download-failed`, `integrity-mismatch`, `malformed-model`
 * @throws ScorerError `out-of-memory` — the last backend ran out of it
 * @throws ScorerError `no-execution-provider` — every backend was passed over; the message says why
 */
export async function loadModel(
  { model, device = "auto", careful = false, oneThread = false, manifest: known }: LoadOptions,
  report: (progress: LoadProgress) => void = () => undefined,
  signal: AbortSignal,
): Promise<Model> {
  const folder = model.endsWith("/") ? model : `${model}/`;
  const access: FileAccess = { cache: new FileCache(), signal };
  const runtimes = new LoadedRuntimes(access, report);
  const [{ manifest, keep }, capabilities] = await Promise.all([
    known ? { manifest: known, keep: undefined } : fetchManifest(folder, access),
    probeAndFetch(device, oneThread, runtimes),
  ]);
  const files = new LoadedFiles(folder, manifest, access, report);
  const loading: Loading = { manifest, capabilities, files, runtimes, careful, report };
  const { candidates, passedOver, choice } = planCandidates(capabilities, manifest, device);
  const memory = new FigureMemory(capabilities, access.cache);
  const speeds = choice ? await memory.readSpeeds(candidates) : [];
  const attempts = [...passedOver];
  let error: ScorerError | undefined;
  const silent = new Set<ExecutionProvider>();
  for (const candidate of orderBySpeed(candidates, speeds)) {
    const { executionProvider } = candidate;
    if (silent.has(executionProvider)) continue; // another graph would wait as long for nothing
    const timed = choice && speeds.every((speed) => speed.executionProvider !== executionProvider);
    const outcome = await tryCandidate(candidate, loading, timed);
    attempts.push(outcome.attempt);
    error = outcome.error;
    if (isTimeout(error)) silent.add(executionProvider);
    if (!outcome.ready) continue;
    const { session, tokenizer, check, choices, msPerPair } = outcome.ready;
    if (msPerPair !== undefined) {
      speeds.push({ executionProvider, msPerPair });
      await memory.writeSpeed(candidate, msPerPair);
    }
    const cached = (await files.cached()) && (await runtimes.cached());
    if (cached) await keep?.();
    return new Model(
      { ...describe(candidate, loading), attempts, speeds, cached },
      tokenizer,
      session,
      check,
      new BatchSizes(session, {
        choices,
        rememberedTokens: await memory.readBatchTokens(candidate),
        remember: (tokens) => memory.writeBatchTokens(candidate, tokens),
        careful,
      }),
    );
  }
  throw noneWorks(attempts, error);
}

/** Where the CPU goes first whatever the model, its runtime need not wait for the manifest. */
async function probeAndFetch(
  device: Device,
  oneThread: boolean,
  runtimes: LoadedRuntimes,
): Promise<Capabilities> {
  const capabilities = await probe(device, oneThread);
  if (prefersCpu(capabilities, device)) {
    runtimes.get(chooseRuntime("wasm", capabilities), chooseThreads("wasm", capabilities));
  }
  return capabilities;
}

function describe(
  { executionProvider, artifact }: Candidate,
  { manifest, capabilities }: Loading,
): Omit<LoadedModel, "attempts" | "speeds" | "cached"> {
  const { gpu } = capabilities;
  const onGpu = executionProvider === "webgpu" && "adapter" in gpu;
  return {
    manifest,
    executionProvider,
    dtype: artifact.dtype,
    threads: chooseThreads(executionProvider, capabilities),
    adapter: onGpu ? gpu.adapter : undefined,
  };
}

function noneWorks(attempts: readonly Attempt[], cause: ScorerError | undefined): ScorerError {
  const reasons = attempts.map(({ executionProvider, dtype, attention, detail }) => {
    const what = [executionProvider, dtype, attention].filter((word) => word !== undefined);
    return `${what.join(" ")}: ${detail}`;
  });
  const code = cause?.code === "out-of-memory" ? "out-of-memory" : "no-execution-provider";
  return new ScorerError(code, `no backend works: ${reasons.join("; ")}`, { cause });
}
