// A worker: the file's bytes in, the same compressed by zstd out. One file each, since the compressor's memory
// fails on a later one.
import { parentPort, workerData } from "node:worker_threads";
import { compress, init } from "@bokuweb/zstd-wasm";

await init();
parentPort.postMessage(compress(workerData.bytes, workerData.level));
