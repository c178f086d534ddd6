import type { BackendSpeed } from "../shared/contract";
import { FileCache } from "./cache";
import type { Capabilities } from "./capabilities";
import type { Candidate } from "./plan";
import { chooseRuntime, RUNTIME_FILES } from "./runtime-files";
import { chooseThreads } from "./threads";

/**
 * How fast candidates were on this machine, kept beside the files they are made of. A speed holds for a graph
 * (whatever the weights), a build of the runtime, a browser's version, a GPU and a number of threads; with any
 * of them new it is measured anew. Where there is no storage nothing is remembered.
 */
export class SpeedMemory {
  readonly #capabilities: Capabilities;
  readonly #cache: FileCache;

  constructor(capabilities: Capabilities, cache = new FileCache()) {
    this.#capabilities = capabilities;
    this.#cache = cache;
  }

  /** @returns of each backend the first of its candidates that was measured */
  async read(candidates: readonly Candidate[]): Promise<BackendSpeed[]> {
    const speeds: BackendSpeed[] = [];
    for (const candidate of candidates) {
      const { executionProvider, graph } = candidate;
      if (speeds.some((speed) => speed.executionProvider === executionProvider)) continue;
      const msPerPair = await this.#cache.readSpeed(graph, this.#conditions(candidate));
      if (msPerPair !== undefined) speeds.push({ executionProvider, msPerPair });
    }
    return speeds;
  }

  async write(candidate: Candidate, msPerPair: number): Promise<void> {
    await this.#cache.writeSpeed(candidate.graph, this.#conditions(candidate), msPerPair);
  }

  #conditions({ executionProvider, subgroups }: Candidate): Record<string, string> {
    const { gpu } = this.#capabilities;
    return {
      executionProvider,
      runtime: RUNTIME_FILES[chooseRuntime(executionProvider, this.#capabilities)].sha256,
      browser: navigator.userAgent,
      ...(executionProvider === "wasm"
        ? { threads: String(chooseThreads("wasm", this.#capabilities)) }
        : { adapter: "adapter" in gpu ? gpu.adapter : "", subgroups: String(subgroups) }),
    };
  }
}
