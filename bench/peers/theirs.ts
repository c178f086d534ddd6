import { wrap } from "comlink";
import type { Peer } from "./peer";

const worker = new Worker(new URL("./theirs-worker.ts", import.meta.url), { type: "module" });

window.peer = wrap<Peer>(worker);
