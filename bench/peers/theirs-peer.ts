import { wrap } from "comlink";
import type { Peer, PeerHandle } from "./peer";

export function theirsPeer(): PeerHandle {
  const worker = new Worker(new URL("./theirs-worker.ts", import.meta.url), { type: "module" });
  const remote = wrap<Peer>(worker);
  return {
    load: (options) => remote.load(options),
    score: (pairs, batch) => remote.score(pairs, batch),
    async release() {
      await remote.release();
      worker.terminate();
    },
    end: () => worker.terminate(),
  };
}
