import type { BackendSpeed } from "../shared/contract";
import type { Locale } from "./locale";

/** How fast the backends were here, the fastest first: `WASM: 4 ms a pair, WebGPU: 900 ms`. */
export function speedWords(speeds: readonly BackendSpeed[], { strings, formats }: Locale): string {
  return speeds
    .toSorted((a, b) => a.msPerPair - b.msPerPair)
    .map(({ executionProvider, msPerPair }, at) => {
      const words = at === 0 ? strings.speed : strings.otherSpeed;
      return words(strings.backends[executionProvider], formats.milliseconds(msPerPair));
    })
    .join(", ");
}
