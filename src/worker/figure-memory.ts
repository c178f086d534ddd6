import type { BackendSpeed } from "../shared/contract";
import { FileCache } from "./cache";
import type { Capabilities } from "./capabilities";
import type { Candidate } from "./plan";
import { chooseRuntime, RUNTIME_FILES } from "./runtime-files";
import { chooseThreads } from "./threads";

/** What there is to remember of a candidate. */
type Figure = "msPerPair" | "batchTokens";

/**
 * What was measured of candidates on this machine, kept beside the files they are made of. It holds for a graph
 * (whatever the weights), a build of the runtime, a browser's version, a GPU and a number of threads; with any
 * of them new it is measured anew. Where there is no storage nothing is remembered.
 */
export class FigureMemory {
  readonly #capabilities: Capabilities;
  readonly #cache: FileCache;

  constructor(capabilities: Capabilities, cache = new FileCache()) {
    this.#capabilities = capabilities;
    this.#cache = cache;
  }

  /** @returns of each backend the first of its candidates that was timed */
  async readSpeeds(candidates: readonly Candidate[]): Promise<BackendSpeed[]> {
    const speeds: BackendSpeed[] = [];
    for (const candidate of candidates) {
      const { executionProvider } = candidate;
      if (speeds.some((speed) => speed.executionProvider === executionProvider)) continue;
      const msPerPair = await this.#read("msPerPair", candidate);
      if (msPerPair !== undefined) speeds.push({ executionProvider, msPerPair });
    }
    return speeds;
  }

  async writeSpeed(candidate: Candidate, msPerPair: number): Promise<void> {
    await this.#write("msPerPair", candidate, msPerPair);
  }

  /** The batch size that was fastest, in tokens. */
  readBatchTokens(candidate: Candidate): Promise<number | undefined> {
    return this.#read("batchTokens", candidate);
  }

  /** @param tokens undefined forgets it */
  async writeBatchTokens(candidate: Candidate, tokens: number | undefined): Promise<void> {
    await this.#write("batchTokens", candidate, tokens);
  }

  #read(figure: Figure, candidate: Candidate): Promise<number | undefined> {
    return this.#cache.readFigure(candidate.graph, this.#conditions(figure, candidate));
  }

  #write(figure: Figure, candidate: Candidate, value: number | undefined): Promise<void> {
    return this.#cache.writeFigure(candidate.graph, this.#conditions(figure, candidate), value);
  }

  #conditions(figure: Figure, { executionProvider, subgroups }: Candidate): Record<string, string> {
    const { gpu } = this.#capabilities;
    return {
      figure,
      executionProvider,
      runtime: RUNTIME_FILES[chooseRuntime(executionProvider, this.#capabilities)].sha256,
      browser: navigator.userAgent,
      ...(executionProvider === "wasm"
        ? { threads: String(chooseThreads("wasm", this.#capabilities)) }
        : { adapter: "adapter" in gpu ? gpu.adapter : "", subgroups: String(subgroups) }),
    };
  }
}
